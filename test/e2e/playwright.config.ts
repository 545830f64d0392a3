import { defineConfig } from '@playwright/test';

/** One worker: the software renderer needs every core. A step may take minutes without a GPU, never silently. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 8 * 60_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
});
