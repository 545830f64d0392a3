import { HANGING_PROTOCOL_ID, MODALITIES, SLICES_STAGE_ID } from './id';

const syncGroup = (type: string, id: string, options?: object) => ({
  type,
  id,
  source: true,
  target: true,
  ...(options && { options }),
});

/** Window and level of the planes go together; segmentations appear in all viewports of a frame of reference. */
const VOI_SYNC = syncGroup('voi', 'vessels-voi', { syncColormap: true });
const SEGMENTATION_SYNC = syncGroup('hydrateseg', 'sameFORId', { matchingRules: ['sameFOR'] });

const plane = (orientation: 'axial' | 'sagittal' | 'coronal') => ({
  viewportOptions: {
    toolGroupId: 'mpr',
    viewportType: 'volume',
    orientation,
    initialImageOptions: { preset: 'middle' },
    syncGroups: [VOI_SYNC, SEGMENTATION_SYNC],
  },
  displaySets: [{ id: 'angiogram' }],
});

const space = {
  viewportOptions: {
    toolGroupId: 'volume3d',
    viewportType: 'volume3d',
    orientation: 'coronal',
    customViewportProps: { hideOverlays: true },
  },
  displaySets: [
    {
      id: 'angiogram',
      options: {
        displayPreset: { CT: 'CT-Coronary-Arteries', MR: 'MR-Default', default: 'MR-Default' },
      },
    },
  ],
};

const grid = (rows: number, columns: number) => ({
  layoutType: 'grid',
  properties: { rows, columns },
});

const required = (attribute: string, constraint: object) => ({
  attribute,
  constraint,
  required: true,
});

const mentions = (text: string) => ({
  attribute: 'SeriesDescription',
  constraint: { containsI: text },
  weight: 5,
});

/** The slices as they are, one by one. */
const slices = (selector: string) => ({
  viewportOptions: {
    toolGroupId: 'default',
    viewportType: 'stack',
    allowUnmatchedView: true,
    initialImageOptions: { preset: 'middle' },
    syncGroups: [SEGMENTATION_SYNC],
  },
  displaySets: [{ id: selector }],
});

const ANGIOGRAPHIC = required('Modality', { includes: [...MODALITIES] });

/** Words by which an angiogram is preferred to the other series of a study. */
const ANGIOGRAM_WORDS = ['angio', 'mra', 'cta', 'tof', 'vessel'];

/**
 * Three planes and a 3-D view of the series that looks most like an angiogram. A study without a volume (a
 * localizer alone) hangs as plain images, so that the panel can say why it cannot be used. Slices that are no regular
 * grid are shown one by one: planes through them would put them where they do not lie.
 */
export const hangingProtocol = {
  id: HANGING_PROTOCOL_ID,
  name: 'Vessels',
  locked: true,
  protocolMatchingRules: [
    {
      id: 'images',
      attribute: 'numberOfDisplaySetsWithImages',
      constraint: { greaterThan: 0 },
      weight: 25,
    },
  ],
  imageLoadStrategy: 'interleaveCenter',
  displaySetSelectors: {
    angiogram: {
      seriesMatchingRules: [
        required('isReconstructable', { equals: true }),
        ANGIOGRAPHIC,
        ...ANGIOGRAM_WORDS.map(mentions),
      ],
    },
    images: { seriesMatchingRules: [required('numImageFrames', { greaterThan: { value: 0 } })] },
  },
  stages: [
    {
      id: 'planesAnd3D',
      name: 'Planes and 3-D',
      stageActivation: { enabled: { minViewportsMatched: 4 } },
      viewportStructure: grid(2, 2),
      viewports: [plane('axial'), space, plane('coronal'), plane('sagittal')],
    },
    {
      id: 'images',
      name: 'Images',
      stageActivation: { enabled: { minViewportsMatched: 0 } },
      viewportStructure: grid(1, 1),
      viewports: [
        {
          viewportOptions: {
            toolGroupId: 'default',
            allowUnmatchedView: true,
            syncGroups: [SEGMENTATION_SYNC],
          },
          displaySets: [{ id: 'images' }],
        },
      ],
    },
    {
      id: SLICES_STAGE_ID,
      name: 'Slices and 3-D',
      stageActivation: { enabled: { minViewportsMatched: 2 } },
      viewportStructure: grid(1, 2),
      viewports: [slices('angiogram'), space],
    },
  ],
};
