import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { cy, shownVoxels, viewportsDrawn } from './panel';
import { ROOT } from './paths';
import { shot } from './browser';

/** A model small enough for a software adapter, as a user's two files. */
export const TINY = ['tiny.onnx', 'tiny.json'].map((name) =>
  path.join(ROOT, 'test/fixtures', name),
) as [model: string, manifest: string];

/** Adds a model from disk: picks its files, and keeps it when its card is shown. */
export async function addModel(page: Page, files: readonly string[]): Promise<void> {
  await cy(page, 'vessels-model-files').setInputFiles(files);
  await cy(page, 'vessels-keep-model').click();
  await expect(cy(page, 'vessels-candidate')).toHaveCount(0);
}

/** Adds the tiny model, runs it and waits for its result. @returns the voxels that the viewer shows */
export async function runTiny(page: Page): Promise<{ count: number; hash: number }> {
  await addModel(page, TINY);
  await expect(cy(page, 'vessels-model').locator('option:checked')).toContainText('Tiny test net');
  await cy(page, 'vessels-run').click();
  const done = cy(page, 'vessels-volume').or(cy(page, 'vessels-error'));
  await expect(done.first()).toBeVisible({ timeout: 6 * 60_000 });
  await expect(cy(page, 'vessels-error')).toHaveCount(0);
  return shownVoxels(page);
}

/** Opens a SEG from the study browser, as a user does: a double click, and OHIF's question answered with yes. */
export async function reopenSeg(page: Page, description: string, nth = 0): Promise<void> {
  // The report has the description of the SEG in its own.
  const entry = page
    .locator('[data-cy="study-browser-thumbnail-no-image"]')
    .filter({ hasText: description })
    .filter({ hasText: 'SEG' });
  await entry.nth(nth).dblclick();
  const yes = page.getByRole('button', { name: /^(yes|load)/i });
  await yes
    .first()
    .click({ timeout: 5_000 })
    .catch(() => undefined);
  await viewportsDrawn(page);
}

/** Stores the vessels, and waits until the panel says where they are. */
export async function store(page: Page): Promise<void> {
  await cy(page, 'vessels-save').click();
  await expect(cy(page, 'vessels-saved')).toBeVisible();
}

/** The main job up to the store: run, look, store; each step leaves a picture. */
export async function runAndStore(
  page: Page,
  name: string,
): Promise<{ count: number; hash: number }> {
  await cy(page, 'vessels-run').click();
  await expect(cy(page, 'vessels-progress')).toBeVisible();
  await shot(page, `${name}-running`);
  await expect(cy(page, 'vessels-volume')).toBeVisible({ timeout: 6 * 60_000 });
  await shot(page, `${name}-results`);
  const shown = await shownVoxels(page);
  expect(shown.count).toBeGreaterThan(0);
  await store(page);
  await shot(page, `${name}-stored`);
  return shown;
}
