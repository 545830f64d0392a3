import type { DisplaySet, ExtensionManager, Services } from '@ohif/core';
import { InputError } from '@vessels/volume/errors';

const CORNERSTONE_COMMON = '@ohif/extension-cornerstone.utilityModule.common';

interface DicomLoaderService {
  findDicomDataPromise(
    displaySet: DisplaySet,
    studies: unknown,
    headers: Record<string, string> | undefined,
  ): Promise<ArrayBuffer>;
}

/**
 * A stored object of the study as Part 10 bytes, through OHIF's own loader, so that every data source works.
 *
 * @throws InputError when the server does not deliver it
 */
export async function fetchInstance(
  { userAuthenticationService }: Services,
  extensionManager: ExtensionManager,
  displaySet: DisplaySet,
): Promise<ArrayBuffer> {
  const common = extensionManager.getModuleEntry(CORNERSTONE_COMMON)?.exports as
    { readonly dicomLoaderService: DicomLoaderService } | undefined;
  try {
    const headers = userAuthenticationService.getAuthorizationHeader();
    return await common!.dicomLoaderService.findDicomDataPromise(displaySet, null, headers);
  } catch (error) {
    const status = (error as { status?: unknown } | undefined)?.status;
    throw new InputError(
      'reference.not-delivered',
      `The server did not deliver the SEG${status ? ` (status ${String(status)})` : ''}; choose it again or another one.`,
    );
  }
}
