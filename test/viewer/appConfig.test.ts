import { expect, test } from '@jest/globals';
import { appConfig } from '../../viewer/appConfig';

interface Config {
  readonly routerBasename: string;
  readonly extensions: readonly string[];
  readonly modes: readonly string[];
  readonly defaultDataSourceName: string;
  readonly dataSources: readonly {
    readonly sourceName: string;
    readonly configuration: { readonly qidoRoot?: string; readonly wadoRoot?: string };
  }[];
}

function configOf(base: string, pacs: boolean): Config {
  const script = appConfig({ base, pacs });
  return JSON.parse(script.replace(/^window\.config = /, '').replace(/;\s*$/, '')) as Config;
}

test('names our extension and mode, and only sources on its own host', () => {
  const config = configOf('/', true);
  expect(config.extensions).toEqual(['ohif-extension-vessels']);
  expect(config.modes).toEqual(['ohif-mode-vessels']);
  expect(config.dataSources.map(({ sourceName }) => sourceName)).toEqual([
    'embedded',
    'pacs',
    'dicomlocal',
  ]);
  expect(JSON.stringify(config)).not.toMatch(/https?:|\/\/\w/);
});

test('a sub-path moves the routes and the services; without a PACS there is none', () => {
  const config = configOf('/hospital/viewer/', false);
  expect(config.routerBasename).toBe('/hospital/viewer/');
  const [embedded, ...others] = config.dataSources;
  expect(embedded.sourceName).toBe(config.defaultDataSourceName);
  expect(embedded.configuration.qidoRoot).toBe('/hospital/viewer/dicomweb');
  expect(embedded.configuration.wadoRoot).toBe('/hospital/viewer/dicomweb');
  expect(others.map(({ sourceName }) => sourceName)).toEqual(['dicomlocal']);
});
