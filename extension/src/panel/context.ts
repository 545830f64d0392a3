import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { VesselsActions } from '../actions';
import type { VesselsStore } from '../state/store';
import type { VesselsState } from '../state/types';

/** What the panel is a function of, and what its buttons do. */
export interface VesselsPanelProps {
  readonly store: VesselsStore;
  readonly actions: VesselsActions;
  /** Kind of SEG that Save writes. */
  readonly segmentationKind: string;
}

const Context = createContext<VesselsPanelProps | undefined>(undefined);

export const VesselsProvider = Context.Provider;

/** Store and actions, inside the panel. */
export function usePanel(): VesselsPanelProps {
  const value = useContext(Context);
  if (!value) throw new Error('usePanel outside of VesselsProvider');
  return value;
}

/** A part of the state; drawn anew when it changes. */
export const useVessels = <T>(select: (state: VesselsState) => T): T =>
  useStore(usePanel().store, select);
