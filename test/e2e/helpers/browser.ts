import fs from 'node:fs';
import path from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { findBrowser } from '../../../viewer/setup/browser.mjs';

const SCREENSHOTS = path.resolve(import.meta.dirname, '../../../test-results/screenshots');

/** Chromium without a display, without a GPU and without calls of its own; WebGL2 comes from SwiftShader. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** WebGPU from SwiftShader: correct, and some hundred times slower than a GPU. */
const WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const NO_WEBGPU = ['--disable-features=WebGPU,WebGPUService'];

export interface LaunchOptions {
  /** Offer a WebGPU adapter; without it the page has none. */
  readonly webgpu?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** A browser with one page, and what went wrong in it. */
export interface Session {
  readonly browser: Browser;
  readonly page: Page;
  /** Errors of the console and uncaught exceptions. */
  readonly errors: string[];
  /** Answers with a status of 400 or more, and requests without an answer: "status address". */
  readonly failed: string[];
  /** Requests that left this computer, or tried to. */
  readonly outside: string[];
  /** Ends the browser. @throws Error when the page asked another computer for anything */
  close(): Promise<void>;
}

const isLocal = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return !/^(http|ws)s?:$/.test(protocol) || /^(127\.0\.0\.1|localhost)$/.test(hostname);
};

function watch(page: Page): Pick<Session, 'errors' | 'failed' | 'outside'> {
  const errors: string[] = [];
  const failed: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('request', (request) => {
    if (!isLocal(request.url())) outside.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) =>
    failed.push(`${request.failure()?.errorText ?? 'failed'} ${request.url()}`),
  );
  return { errors, failed, outside };
}

/** Starts the browser that `viewer/setup.mjs --browser` has found or installed. */
export async function launch(options: LaunchOptions = {}): Promise<Session> {
  const { webgpu = false, width = 1400, height = 900 } = options;
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser was found; run `node viewer/setup.mjs --browser` first.');
  const browser = await chromium.launch({
    executablePath,
    args: [...FLAGS, ...(webgpu ? WEBGPU : NO_WEBGPU)],
  });
  const page = await browser.newPage({ viewport: { width, height } });
  // a click that finds nothing fails soon; what may take long says so itself
  page.setDefaultTimeout(30_000);
  const seen = watch(page);
  return {
    browser,
    page,
    ...seen,
    close: async () => {
      await browser.close();
      if (seen.outside.length)
        throw new Error(`The page left this computer: ${[...new Set(seen.outside)].join(', ')}`);
    },
  };
}

/** Lays a configuration of the extension over the viewer's own, for the pages that are opened from now on. */
export async function configure(
  page: Page,
  vessels: Readonly<Record<string, unknown>>,
): Promise<void> {
  await page.unroute(CONFIGURATION);
  await page.route(CONFIGURATION, async (route) => {
    const answer = await route.fetch();
    const body = `${await answer.text()}\nwindow.config.vessels = ${JSON.stringify(vessels)};`;
    await route.fulfill({ response: answer, body });
  });
}

const CONFIGURATION = '**/app-config.js';

let taken = 0;

/**
 * Keeps a picture of the page in test-results/screenshots, numbered in the order of a run.
 * @returns the file
 */
export async function shot(page: Page, name: string): Promise<string> {
  taken += 1;
  fs.mkdirSync(SCREENSHOTS, { recursive: true });
  const file = path.join(SCREENSHOTS, `${String(taken).padStart(2, '0')}-${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
