import { createStore } from 'zustand/vanilla';
import type { CenterlineGraph } from '../centerline/graph';

/** What the centerline tools draw. */
export interface CenterlineState {
  /** Graphs by Frame of Reference UID; a viewport draws the graph of its own frame only. */
  readonly graphs: Readonly<Record<string, CenterlineGraph>>;
  /** Id of the branch that the user selected, e.g. in a table. */
  readonly highlighted: number | undefined;
  /** Id of the branch under the probe's cursor. */
  readonly hovered: number | undefined;
}

const store = createStore<CenterlineState>(() => ({
  graphs: {},
  highlighted: undefined,
  hovered: undefined,
}));

/** The state now. */
export const centerlines = (): CenterlineState => store.getState();

/**
 * Show a graph in every viewport of a frame of reference, in place of the one before; `undefined` removes it.
 * Branch ids start anew with a graph, so the highlight is cleared.
 * @param frameOfReferenceUID of the volume that the graph was made from
 */
export function setCenterlines(
  frameOfReferenceUID: string,
  graph: CenterlineGraph | undefined,
): void {
  const graphs = { ...store.getState().graphs };
  if (graph) graphs[frameOfReferenceUID] = graph;
  else delete graphs[frameOfReferenceUID];
  store.setState({ graphs, highlighted: undefined, hovered: undefined });
}

/** Draw one branch thicker and in the highlight's colour; `undefined` for none. */
export function setHighlightedBranch(id: number | undefined): void {
  if (id !== store.getState().highlighted) store.setState({ highlighted: id });
}

/** The branch under the cursor, drawn like the highlighted one; for the probe. */
export function setHoveredBranch(id: number | undefined): void {
  if (id !== store.getState().hovered) store.setState({ hovered: id });
}

/** Hear of every change; returns the function that stops it. */
export const subscribeCenterlines: (
  listener: (state: CenterlineState, before: CenterlineState) => void,
) => () => void = store.subscribe;
