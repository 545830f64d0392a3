import type { CenterlineBranch } from '@vessels/centerline/graph';
import type { FileKind } from './actions/files';
import type { VesselsService } from './service';
import { currentResult } from './state/store';

/** Commands for OHIF's toolbar, hotkeys and other extensions. */
export function createCommands(service: VesselsService) {
  const branchOf = (id: number): CenterlineBranch | undefined =>
    currentResult(service.store.getState())?.analysis.graph.branches.find((b) => b.id === id);
  const definitions = {
    vesselsRun: () => service.actions.run(),
    vesselsCancel: () => service.actions.cancel(),
    vesselsSave: () => service.actions.save(),
    vesselsSaveReport: () => service.actions.saveReport(),
    /** @param kind of file: seg, csv, nifti, stl or vtp */
    vesselsDownload: ({ kind }: { readonly kind: FileKind }) => service.actions.downloadAs(kind),
    /** @param branchId number of a branch in the table */
    vesselsJumpToBranch: ({ branchId }: { readonly branchId: number }) => {
      const branch = branchOf(branchId);
      if (branch) service.actions.jumpToBranch(branch);
    },
  };
  return { definitions, defaultContext: 'DEFAULT' };
}
