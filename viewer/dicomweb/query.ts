import { type JsonDataset } from './model';
import { type Keyword, TAG } from './tags';

/** Whether a dataset satisfies all conditions of a query. */
export type Matcher = (dataset: JsonDataset) => boolean;

/** Parameters of a query that are no conditions. */
const OTHERS: readonly string[] = ['limit', 'offset', 'includefield', 'fuzzymatching', 'accept'];

const RANGES: readonly string[] = ['DA', 'TM', 'DT'];

/** A query may list several UIDs, or several modalities: alternatives (PS3.4 C.2.2.2.2). */
const LISTS: readonly string[] = ['UI', 'CS'];

const tagOf = (name: string): string | undefined =>
  /^[0-9a-f]{8}$/i.test(name) ? name.toUpperCase() : TAG[name as Keyword];

/** Texts of the values; a name gives its component groups, since a query may name any of them. */
const textsOf = (dataset: JsonDataset, tag: string): string[] =>
  (dataset[tag]?.Value ?? []).flatMap((value) =>
    typeof value === 'object' && value !== null
      ? Object.values(value).map(String)
      : String(value ?? ''),
  );

/** `*` stands for any text and `?` for one character; case does not matter (PS3.4 C.2.2.2.4). */
function pattern(wanted: string): RegExp {
  const source = wanted
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}

function inRange(value: string, wanted: string): boolean {
  const [from, to] = wanted.split('-');
  // a shorter end stands for all that begin with it: 2024 ends with 20241231
  return value >= from && (to === '' || value.slice(0, to.length) <= to);
}

function condition(tag: string, wanted: string): Matcher {
  const single = [pattern(wanted)];
  const several = wanted.split(/[\\,]/).map(pattern);
  const range = /^[\d.]*-[\d.]*$/.test(wanted);
  return (dataset) => {
    const values = textsOf(dataset, tag);
    const vr = dataset[tag]?.vr ?? '';
    if (range && RANGES.includes(vr)) return values.some((value) => inRange(value, wanted));
    const alternatives = LISTS.includes(vr) ? several : single;
    return values.some((value) => alternatives.some((alternative) => alternative.test(value)));
  };
}

/**
 * The conditions of a query by keyword or tag; attributes that the server does not keep match everything, as do
 * empty values (PS3.4 C.2.2.2.3).
 */
export function matcher(parameters: URLSearchParams, known: readonly string[]): Matcher {
  const conditions = [...parameters]
    .filter(([name, value]) => !OTHERS.includes(name.toLowerCase()) && !/^\**$/.test(value))
    .flatMap(([name, value]) => {
      const tag = tagOf(name);
      return tag && known.includes(tag) ? [condition(tag, value)] : [];
    });
  return (dataset) => conditions.every((holds) => holds(dataset));
}

/** The page of the results that the query asks for with `limit` and `offset`. */
export function page<T>(results: readonly T[], parameters: URLSearchParams): readonly T[] {
  const count = (name: string, absent: number) => {
    const value = parameters.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : absent;
  };
  const offset = count('offset', 0);
  return results.slice(offset, offset + count('limit', results.length));
}
