import { describe, expect, test } from '@jest/globals';
import { indexPage, moveBelow, needsMoving } from '../../../viewer/server/hostPath';

const PAGE =
  '<html><head><script>window.PUBLIC_URL="/"</script><link rel="manifest" href="/manifest.json">' +
  '<script rel="preload" as="script" src="/app-config.js"></script>' +
  '<script rel="preload" as="script" type="module" src="/init-service-worker.js"></script>' +
  '<script defer src="/app.bundle.js"></script><link href="/app.css" rel="stylesheet"></head></html>';

const importsOf = (page: string) =>
  JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(page)?.[1] ?? '{}') as {
    imports: Record<string, string>;
  };

describe('indexPage', () => {
  test('the import map is the first script of the page', () => {
    const page = indexPage(PAGE, '/');
    expect(page.indexOf('<script type="importmap">')).toBe(page.indexOf('<script'));
    expect(importsOf(page).imports).toEqual({
      'ohif-extension-vessels': '/plugins/extension/ohif-extension-vessels.mjs',
      'ohif-mode-vessels': '/plugins/mode/ohif-mode-vessels.mjs',
    });
  });

  test('neither the service worker nor the manifest stays', () => {
    expect(indexPage(PAGE, '/')).not.toMatch(/service-worker|manifest/);
  });

  test('below a path, nothing is at the root any more', () => {
    const page = indexPage(PAGE, '/a/b/');
    expect(page).toContain('PUBLIC_URL="/a/b/"');
    expect(page).toContain('src="/a/b/app-config.js"');
    expect(page).toContain('href="/a/b/app.css"');
    expect(page).not.toMatch(/(src|href)="\/(?!a\/b\/)/);
    expect(importsOf(page).imports['ohif-mode-vessels']).toBe(
      '/a/b/plugins/mode/ohif-mode-vessels.mjs',
    );
  });
});

describe('moveBelow', () => {
  test('the public path of a bundle', () => {
    const script = 'x;\n__webpack_require__.p = "/";\ny';
    expect(moveBelow(script, '.js', '/a/')).toBe('x;\n__webpack_require__.p = "/a/";\ny');
  });

  test('addresses in a style sheet', () => {
    expect(moveBelow('a{src:url(/f.woff2)}', '.css', '/a/')).toBe('a{src:url(/a/f.woff2)}');
  });

  test('at the root, and for other files, nothing is moved', () => {
    expect(needsMoving('.js', '/')).toBe(false);
    expect(needsMoving('.js', '/a/')).toBe(true);
    expect(needsMoving('.wasm', '/a/')).toBe(false);
  });
});
