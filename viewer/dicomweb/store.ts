import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { describe, readInstance } from './file';
import { type Instance, numberOf } from './model';
import { readPart10 } from './part10';
import { TAG } from './tags';

/** Which instances are meant; an absent UID means all. */
export interface Selection {
  readonly study?: string;
  readonly series?: string;
  readonly sop?: string;
}

/** What became of an object that was to be stored. */
export type StoreResult =
  | { readonly stored: true; readonly instance: Instance }
  | { readonly stored: false; readonly reason: StoreFailure; readonly instance?: Instance };

/** `unreadable`: no valid Part 10 file; `duplicate`: its UID belongs to another object; `full`: not written. */
export type StoreFailure = 'unreadable' | 'foreign-study' | 'duplicate' | 'not-written';

const hasMagic = (file: string) => {
  const handle = fs.openSync(file, 'r');
  try {
    const magic = Buffer.alloc(4);
    return fs.readSync(handle, magic, 0, 4, 128) === 4 && magic.toString('latin1') === 'DICM';
  } finally {
    fs.closeSync(handle);
  }
};

/** Files that may be DICOM, below a folder; links are followed, each folder is read once. */
function* candidates(folder: string, seen = new Set<string>()): Generator<string> {
  const real = fs.realpathSync(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for (const name of fs.readdirSync(folder).sort()) {
    if (name.startsWith('.')) continue;
    const full = path.join(folder, name);
    const entry = fs.statSync(full, { throwIfNoEntry: false });
    if (entry?.isDirectory()) yield* candidates(full, seen);
    // media and many archives name their files without an extension
    else if (entry?.isFile() && (/\.dcm$/i.test(name) || (!path.extname(name) && hasMagic(full))))
      yield full;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The instances of a folder: read once at the start, then as they are stored. Nothing is ever overwritten. */
export class InstanceStore {
  private readonly bySop = new Map<string, Instance>();
  private readonly studies = new Map<string, Map<string, Set<Instance>>>();

  private constructor(private readonly folder: string) {}

  /**
   * Reads all Part 10 files below a folder, which is made when it does not exist.
   * @param log gets one line for each file that is left out, with its name and the reason
   */
  static async open(folder: string, log: (line: string) => void): Promise<InstanceStore> {
    fs.mkdirSync(folder, { recursive: true });
    const store = new InstanceStore(folder);
    let read = 0;
    for (const file of candidates(folder)) {
      try {
        const instance = readInstance(file);
        const other = store.bySop.get(instance.sop);
        if (other) log(`${file}: left out, ${other.file} has the same SOP Instance UID`);
        else store.add(instance);
      } catch (error) {
        log(`${file}: left out, it cannot be read as DICOM (${messageOf(error)})`);
      }
      read += 1;
      if (read % 1000 === 0) log(`${read} files read …`);
      if (read % 50 === 0) await pause();
    }
    return store;
  }

  private add(instance: Instance): void {
    this.bySop.set(instance.sop, instance);
    const series = this.studies.get(instance.study) ?? new Map<string, Set<Instance>>();
    const instances = series.get(instance.series) ?? new Set<Instance>();
    this.studies.set(instance.study, series.set(instance.series, instances.add(instance)));
  }

  /** @returns instances by study and series, in the order of their instance numbers */
  select({ study, series, sop }: Selection): Instance[] {
    const studies = study === undefined ? [...this.studies.values()] : [this.studies.get(study)];
    return studies
      .flatMap((all) => (series === undefined ? [...(all?.values() ?? [])] : [all?.get(series)]))
      .flatMap((instances) => [...(instances ?? [])].sort(byInstanceNumber))
      .filter((instance) => sop === undefined || instance.sop === sop);
  }

  /**
   * Stores a Part 10 file below `stored/`. An object whose SOP Instance UID is taken is refused, unless it is
   * the very same file.
   * @param study the study it has to belong to, if one is required
   */
  put(bytes: Buffer, study?: string): StoreResult {
    let instance: Instance;
    try {
      const copy = new Uint8Array(bytes).buffer;
      instance = describe(readPart10(copy), '', bytes.length);
    } catch {
      return { stored: false, reason: 'unreadable' };
    }
    const file = path.join(this.folder, 'stored', instance.study, `${instance.sop}.dcm`);
    instance = { ...instance, file };
    if (study !== undefined && instance.study !== study)
      return { stored: false, reason: 'foreign-study', instance };
    const present = this.bySop.get(instance.sop);
    if (present)
      return bytes.equals(fs.readFileSync(present.file))
        ? { stored: true, instance: present }
        : { stored: false, reason: 'duplicate', instance };
    try {
      writeWhole(file, bytes);
    } catch {
      return { stored: false, reason: 'not-written', instance };
    }
    this.add(instance);
    return { stored: true, instance };
  }
}

const byInstanceNumber = (a: Instance, b: Instance) =>
  numberOf(a.attributes, TAG.InstanceNumber) - numberOf(b.attributes, TAG.InstanceNumber);

/** Writes a file that is there whole or not at all, even when the computer stops in between. */
function writeWhole(file: string, bytes: Buffer): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const partial = path.join(path.dirname(file), `.${randomUUID()}`);
  try {
    fs.writeFileSync(partial, bytes, { flag: 'wx', flush: true });
    fs.renameSync(partial, file);
  } finally {
    fs.rmSync(partial, { force: true });
  }
}
