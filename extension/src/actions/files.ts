import { branchTableCsv } from '@vessels/centerline/csv';
import { writeNifti } from '@vessels/interchange/writeNifti';
import type { Session, VesselsContext } from '../context';
import type { VesselResult } from '../state/types';
import { readMask } from './mask';
import { toGrid } from './grid';
import { segOf } from './objects';

interface FileFormat {
  readonly name: string;
  readonly type: string;
  make(ctx: VesselsContext, session: Session, result: VesselResult): BlobPart | Promise<BlobPart>;
}

/** Loaded when first asked for: the writers bring an XML library along. */
const surfaceFiles = () => import('@vessels/interchange/surfaceFiles');

const surfaceOf = (ctx: VesselsContext, session: Session) =>
  ctx.client.surface(gridMask(ctx, session), session.series.geometry);

/** Other formats have no place for slices that are no regular grid. */
const gridMask = (ctx: VesselsContext, session: Session) =>
  toGrid(session.series, readMask(ctx, session));

/** What a result can be taken away as. */
export const FILES = Object.freeze({
  seg: {
    name: 'vessels-seg.dcm',
    type: 'application/dicom',
    make: (ctx, session, result) => segOf(ctx, session, result, readMask(ctx, session)).bytes,
  },
  csv: {
    name: 'vessel-branches.csv',
    type: 'text/csv',
    make: (_ctx, _session, { analysis }) => branchTableCsv(analysis.graph),
  },
  nifti: {
    name: 'vessels.nii.gz',
    type: 'application/gzip',
    make: (ctx, session) =>
      writeNifti({ data: gridMask(ctx, session), geometry: session.series.geometry }),
  },
  stl: {
    name: 'vessels.stl',
    type: 'model/stl',
    make: async (ctx, session) => (await surfaceFiles()).surfaceStl(await surfaceOf(ctx, session)),
  },
  vtp: {
    name: 'vessels.vtp',
    type: 'application/xml',
    make: async (ctx, session) => (await surfaceFiles()).surfaceVtp(await surfaceOf(ctx, session)),
  },
} satisfies Record<string, FileFormat>);

export type FileKind = keyof typeof FILES;
