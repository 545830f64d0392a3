/** The executable of a Chrome or Chromium that starts here; CHROME_PATH goes first. */
export function findBrowser(): string | undefined;
