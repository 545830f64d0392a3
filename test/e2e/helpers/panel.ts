import { expect, type Page } from '@playwright/test';

/** How long the software renderer may take to show a study, ms. */
const OPENING = 180_000;

/** An element by its data-cy name. */
export const cy = (page: Page, name: string) => page.locator(`[data-cy="${name}"]`);

/** Opens a study in the Vessels mode and waits until the panel is there and the viewports have drawn. */
export async function openStudy(
  page: Page,
  viewerUrl: string,
  study: string,
  source?: string,
): Promise<void> {
  await page.goto(`${viewerUrl}vessels${source ? `/${source}` : ''}?StudyInstanceUIDs=${study}`);
  await expect(cy(page, 'vessels-panel')).toBeVisible({ timeout: OPENING });
  await viewportsDrawn(page);
}

/** Waits until every viewport of the viewer shows an image. */
export async function viewportsDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      interface Viewport {
        viewportStatus?: string;
      }
      const { cornerstone } = globalThis as unknown as {
        cornerstone?: { getRenderingEngines(): { getViewports(): Viewport[] }[] };
      };
      const viewports = cornerstone?.getRenderingEngines()[0]?.getViewports() ?? [];
      return viewports.length >= 3 && viewports.every((v) => v.viewportStatus === 'rendered');
    },
    undefined,
    { timeout: OPENING },
  );
}

/** Voxels of the vessel labelmap that the viewer holds, in its own memory: the count and a hash of their places. */
export function shownVoxels(page: Page): Promise<{ count: number; hash: number }> {
  return page.evaluate(() => {
    interface Image {
      voxelManager: { getScalarData(): ArrayLike<number> };
    }
    const { cornerstone, cornerstoneTools } = globalThis as unknown as {
      cornerstone: {
        cache: { getImage(id: string): Image | undefined };
        metaData: { get(type: string, id: string): { imagePositionPatient: number[] } };
      };
      cornerstoneTools: {
        segmentation: {
          state: {
            getSegmentations(): { representationData: { Labelmap?: { imageIds: string[] } } }[];
          };
        };
      };
    };
    const segmentations = cornerstoneTools.segmentation.state.getSegmentations();
    const ids = segmentations.at(-1)?.representationData.Labelmap?.imageIds ?? [];
    let [count, hash] = [0, 0];
    for (const id of ids) {
      const data = cornerstone.cache.getImage(id)!.voxelManager.getScalarData();
      const plane = cornerstone.metaData.get('imagePlaneModule', id).imagePositionPatient;
      const place = Math.round(plane.reduce((sum, x) => sum * 31 + x * 10, 0));
      for (let v = 0; v < data.length; v++)
        if (data[v]) {
          count++;
          // a sum does not depend on the order of the slices
          hash = (hash + Math.imul(v + 1, 2654435761) + Math.imul(place, 40503)) >>> 0;
        }
    }
    return { count, hash };
  });
}

/**
 * The labelmap that the viewer holds, a digit per voxel, x fastest, slices along z upwards; empty as long as there is
 * none of so many slices.
 */
export const shownLabels = (page: Page, slices: number): Promise<string> =>
  page.evaluate((depth) => {
    interface Image {
      voxelManager: { getScalarData(): ArrayLike<number> };
    }
    const { cornerstone, cornerstoneTools } = globalThis as unknown as {
      cornerstone: {
        cache: { getImage(id: string): Image | undefined };
        metaData: { get(type: string, id: string): { imagePositionPatient: number[] } };
      };
      cornerstoneTools: {
        segmentation: {
          state: {
            getSegmentations(): { representationData: { Labelmap?: { imageIds: string[] } } }[];
          };
        };
      };
    };
    const segmentations = cornerstoneTools.segmentation.state.getSegmentations();
    const ids = segmentations.at(-1)?.representationData.Labelmap?.imageIds ?? [];
    if (ids.length !== depth) return '';
    const height = (id: string) =>
      cornerstone.metaData.get('imagePlaneModule', id).imagePositionPatient[2]!;
    return ids
      .toSorted((a, b) => height(a) - height(b))
      .map((id) =>
        Array.from(cornerstone.cache.getImage(id)!.voxelManager.getScalarData()).join(''),
      )
      .join('');
  }, slices);

/** Where the viewports look, plane by plane, mm. */
export const focalPoints = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    interface Viewport {
      getCamera(): { focalPoint: number[] };
    }
    const { cornerstone } = globalThis as unknown as {
      cornerstone: { getRenderingEngines(): { getViewports(): Viewport[] }[] };
    };
    const viewports = cornerstone.getRenderingEngines()[0]!.getViewports();
    return viewports.map((viewport) =>
      viewport
        .getCamera()
        .focalPoint.map((v) => v.toFixed(1))
        .join(),
    );
  });

/** How many segmentations the viewer holds. */
export const segmentations = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { cornerstoneTools } = globalThis as unknown as {
      cornerstoneTools: { segmentation: { state: { getSegmentations(): unknown[] } } };
    };
    return cornerstoneTools.segmentation.state.getSegmentations().length;
  });

/** Where on the page a vessel voxel of the first viewport's slice lies, in the middle of its vessel. */
export function vesselOnPage(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    interface Plane {
      imagePositionPatient: number[];
      rowCosines: number[];
      columnCosines: number[];
      rowPixelSpacing: number;
      columnPixelSpacing: number;
    }
    interface Viewport {
      canvas: HTMLCanvasElement;
      getCamera(): { focalPoint: number[]; viewPlaneNormal: number[] };
      worldToCanvas(point: number[]): [number, number];
    }
    const { cornerstone, cornerstoneTools } = globalThis as unknown as {
      cornerstone: {
        cache: {
          getImage(id: string): {
            voxelManager: { getScalarData(): ArrayLike<number> };
            columns: number;
          };
        };
        metaData: { get(type: string, id: string): Plane };
        getRenderingEngines(): { getViewports(): Viewport[] }[];
      };
      cornerstoneTools: {
        segmentation: {
          state: {
            getSegmentations(): { representationData: { Labelmap: { imageIds: string[] } } }[];
          };
        };
      };
    };
    const viewport = cornerstone.getRenderingEngines()[0]!.getViewports()[0]!;
    const { focalPoint, viewPlaneNormal } = viewport.getCamera();
    const height = (p: number[]) =>
      p.reduce((sum, x, i) => sum + (x - focalPoint[i]!) * viewPlaneNormal[i]!, 0);
    const ids = cornerstoneTools.segmentation.state.getSegmentations().at(-1)!.representationData
      .Labelmap.imageIds;
    const planeOf = (id: string) => cornerstone.metaData.get('imagePlaneModule', id);
    const id = ids.toSorted(
      (a, b) =>
        Math.abs(height(planeOf(a).imagePositionPatient)) -
        Math.abs(height(planeOf(b).imagePositionPatient)),
    )[0]!;
    const image = cornerstone.cache.getImage(id);
    const data = image.voxelManager.getScalarData();
    const inside = (v: number) =>
      [0, 1, -1, image.columns, -image.columns].every((step) => data[v + step]);
    const voxel = Array.from(data).findIndex((_, v) => inside(v));
    if (voxel < 0) throw new Error('the slice shows no vessel that is three voxels wide');
    const plane = planeOf(id);
    const [i, j] = [voxel % image.columns, Math.floor(voxel / image.columns)];
    const world = plane.imagePositionPatient.map(
      (x, axis) =>
        x +
        i * plane.columnPixelSpacing * plane.rowCosines[axis]! +
        j * plane.rowPixelSpacing * plane.columnCosines[axis]!,
    );
    const [x, y] = viewport.worldToCanvas(world);
    const box = viewport.canvas.getBoundingClientRect();
    return { x: box.x + x, y: box.y + y };
  });
}
