import { checkManifest } from '@vessels/inference/parseManifest';
import type { ModelManifest } from '@vessels/inference/manifest';
import { InputError } from '@vessels/volume/errors';
import type { AddedModel } from '../state/types';

const DATABASE = 'ohif-vessels';
const STORE = 'models';
const MEGABYTE = 2 ** 20;

/** Names an added model: the same model of the same version is the same entry. */
export const addedId = ({ id, version }: Pick<ModelManifest, 'id' | 'version'>): string =>
  `file:${id} ${version}`;

/** What is stored of a model. The file is a Blob: listing the models reads none of their bytes. */
interface Entry {
  readonly manifest: unknown;
  readonly card?: string;
  readonly file: Blob;
}

/**
 * The models that the browser keeps, in IndexedDB: unlike the origin's private file system it is there without https
 * and in every browser, and manifest, card and file go in or out in one transaction, so nothing is ever half kept.
 */
export interface KeptModels {
  /** Those that this version can read, and the ids of those that it cannot. */
  list(): Promise<{
    readonly models: readonly AddedModel[];
    readonly unreadable: readonly string[];
  }>;
  /** @throws InputError `model.quota`, `model.storage` */
  put(model: AddedModel): Promise<void>;
  /** @throws InputError `model.storage` */
  remove(id: string): Promise<void>;
}

export const keptModels: KeptModels = Object.freeze({
  async list() {
    const models: AddedModel[] = [];
    const unreadable: string[] = [];
    const { ids, entries } = await within('readonly', async (store) => ({
      ids: (await done(store.getAllKeys())) as string[],
      entries: (await done(store.getAll())) as Entry[],
    }));
    entries.forEach(({ manifest, card, file }, i) => {
      try {
        models.push({
          id: ids[i],
          manifest: checkManifest(manifest, ids[i]),
          file,
          ...(card !== undefined && { card }),
        });
      } catch {
        unreadable.push(ids[i]);
      }
    });
    return { models, unreadable };
  },

  async put({ id, manifest, card, file }: AddedModel) {
    // Else the browser may drop the models when the disk runs full; it may ask the user, or say no.
    await navigator.storage?.persist?.().catch(() => false);
    const entry: Entry = { manifest, file, ...(card !== undefined && { card }) };
    try {
      await within('readwrite', (store) => done(store.put(entry, id)));
    } catch (error) {
      throw isFull(error) ? full(manifest, file.size) : error;
    }
  },

  async remove(id: string) {
    await within('readwrite', (store) => done(store.delete(id)));
  },
});

/** Do something in one transaction; resolves when it is on disk. */
async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  let database: IDBDatabase | undefined;
  try {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    database = await done(opening);
    const transaction = database.transaction(STORE, mode);
    const completed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [value] = await Promise.all([work(transaction.objectStore(STORE)), completed]);
    return value;
  } catch (error) {
    throw isFull(error) ? error : closed(error);
  } finally {
    database?.close();
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

const full = ({ name }: ModelManifest, bytes: number) =>
  new InputError(
    'model.quota',
    `${name} takes ${(bytes / MEGABYTE).toFixed(1)} MB, for which the browser has no room; delete a kept model or free space on the disk.`,
  );

const closed = (error: unknown) =>
  new InputError(
    'model.storage',
    `The browser keeps no data for this page (${error instanceof Error ? error.message : String(error)}); leave private browsing, or allow the page to store data.`,
  );
