/** Where the viewer's services are, as paths on its own host with a slash at the end. */
export interface AppPaths {
  /** Path of the viewer itself. */
  readonly base: string;
  /** Whether the proxied PACS is offered as a second data source. */
  readonly pacs: boolean;
}

const dicomweb = (sourceName: string, friendlyName: string, root: string, own: object) => ({
  namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
  sourceName,
  configuration: {
    friendlyName,
    name: sourceName,
    wadoUriRoot: root,
    qidoRoot: root,
    wadoRoot: root,
    imageRendering: 'wadors',
    thumbnailRendering: 'wadors',
    enableStudyLazyLoad: true,
    supportsFuzzyMatching: false,
    supportsWildcard: true,
    omitQuotationForMultipartRequest: true,
    dicomUploadEnabled: true,
    bulkDataURI: { enabled: true, relativeResolution: 'studies' },
    ...own,
  },
});

/**
 * The configuration of the local viewer: OHIF with our extension and mode, which it imports by their bare names.
 * Nothing in it leads outside of this host.
 * @returns a script that sets `window.config`
 */
export function appConfig({ base, pacs }: AppPaths): string {
  const config = {
    name: 'ohif-vessels',
    routerBasename: base,
    extensions: ['ohif-extension-vessels'],
    modes: ['ohif-mode-vessels'],
    showStudyList: true,
    maxNumberOfWebWorkers: 3,
    showWarningMessageForCrossOrigin: true,
    showCPUFallbackMessage: false,
    showLoadingIndicator: true,
    strictZSpacingForVolumeViewport: true,
    investigationalUseDialog: { option: 'never' },
    // the tours cover the viewports on the first visit
    customizationService: { 'ohif.tours': { $set: [] } },
    defaultDataSourceName: 'embedded',
    dataSources: [
      dicomweb('embedded', 'This computer', `${base}dicomweb`, { qidoSupportsIncludeField: false }),
      ...(pacs
        ? [dicomweb('pacs', 'PACS', `${base}pacs`, { qidoSupportsIncludeField: true })]
        : []),
      {
        namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
        sourceName: 'dicomlocal',
        configuration: { friendlyName: 'Local files' },
      },
    ],
  };
  return `window.config = ${JSON.stringify(config, null, 2)};\n`;
}
