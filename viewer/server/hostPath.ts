/** Built file of a plugin, below the viewer's path. */
export const PLUGINS = Object.freeze({
  'ohif-extension-vessels': 'plugins/extension/ohif-extension-vessels.mjs',
  'ohif-mode-vessels': 'plugins/mode/ohif-mode-vessels.mjs',
});

/** OHIF's build names absolute paths in these places; the type of file decides which. */
const ABSOLUTE_PATHS: Readonly<Record<string, readonly [RegExp, string][]>> = Object.freeze({
  '.js': [[/__webpack_require__\.p = "\/"/g, '__webpack_require__.p = "BASE"']],
  '.css': [[/url\(\//g, 'url(BASE']],
});

/**
 * Moves a file of OHIF's build, which is made for the root of a host, below a path.
 * @param extension of the file's name, with the dot
 * @param base path with a slash at both ends
 */
export function moveBelow(text: string, extension: string, base: string): string {
  const rules = ABSOLUTE_PATHS[extension] ?? [];
  return rules.reduce((moved, [from, to]) => moved.replace(from, to.replace('BASE', base)), text);
}

/** Whether a file of this type has to be moved at all. */
export const needsMoving = (extension: string, base: string): boolean =>
  base !== '/' && extension in ABSOLUTE_PATHS;

/**
 * OHIF's page with an import map for our two plugins: OHIF imports its configured extensions and modes by their
 * bare names, and the map must come before the first module. The service worker script, which would load from
 * another host, and the manifest of the installable app are left out.
 * @param page index.html of OHIF's build
 * @param base path of the viewer with a slash at both ends
 */
export function indexPage(page: string, base: string): string {
  const imports = Object.fromEntries(
    Object.entries(PLUGINS).map(([name, file]) => [name, base + file]),
  );
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  return page
    .replace(/<script[^>]*init-service-worker\.js[^>]*><\/script>/, '')
    .replace(/<link rel="manifest"[^>]*>/, '')
    .replaceAll('PUBLIC_URL="/"', `PUBLIC_URL="${base}"`)
    .replace(/ (src|href)="\/(?!\/)/g, ` $1="${base}`)
    .replace('<head>', `<head>${map}`);
}
