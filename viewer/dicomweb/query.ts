import { type JsonDataset } from './model';
import { type Keyword, TAG } from './tags';

/** Whether a dataset satisfies all conditions of a query. */
export type Matcher = (dataset: JsonDataset) => boolean;

/** Parameters of a query that are no conditions. */
const OTHERS: readonly string[] = ['limit', 'offset', 'includefield', 'fuzzymatching', 'accept'];

const RANGES: readonly string[] = ['DA', 'TM', 'DT'];

const tagOf = (name: string): string | undefined =>
  /^[0-9a-f]{8}$/i.test(name) ? name.toUpperCase() : TAG[name as Keyword];

const textsOf = (dataset: JsonDataset, tag: string): string[] =>
  (dataset[tag]?.Value ?? []).map((value) =>
    typeof value === 'object' && value !== null
      ? Object.values(value).join('=')
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
  // several UIDs, or several modalities, are alternatives (PS3.4 C.2.2.2.2, PS3.18 8.3.4)
  const alternatives = wanted.split(/[\\,]/).map(pattern);
  const range = /^[\d.]*-[\d.]*$/.test(wanted);
  return (dataset) => {
    const values = textsOf(dataset, tag);
    if (range && RANGES.includes(dataset[tag]?.vr ?? ''))
      return values.some((value) => inRange(value, wanted));
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
