/** The mode's name, as npm and OHIF know it. */
export const MODE_ID = 'ohif-mode-vessels';
