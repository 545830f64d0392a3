/**
 * Modality (0008,0060) of the series that models are made for: computed tomography, magnetic resonance, ophthalmic
 * tomography (OCT angiography), other (microscopy that was converted to DICOM).
 */
export const MODALITIES = Object.freeze(['CT', 'MR', 'OPT', 'OT'] as const);

export type Modality = (typeof MODALITIES)[number];
