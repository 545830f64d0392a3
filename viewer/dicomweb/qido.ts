import type { Instance, JsonDataset, JsonElement } from './model';
import { matcher, page } from './query';
import type { InstanceStore, Selection } from './store';
import {
  INSTANCE_ATTRIBUTES,
  type Keyword,
  SERIES_ATTRIBUTES,
  STUDY_ATTRIBUTES,
  TAG,
} from './tags';

/** The level of a query. */
export type Level = 'studies' | 'series' | 'instances';

const element = (vr: string, ...Value: readonly (string | number)[]): JsonElement => ({
  vr,
  Value,
});

const distinct = (instances: readonly Instance[], keyword: Keyword) =>
  [
    ...new Set(instances.flatMap(({ attributes }) => attributes[TAG[keyword]]?.Value ?? [])),
  ] as string[];

/** Counts and names of a study that no instance tells alone. */
const studyCounts = (instances: readonly Instance[]): JsonDataset => ({
  [TAG.ModalitiesInStudy]: element('CS', ...distinct(instances, 'Modality')),
  [TAG.NumberOfStudyRelatedSeries]: element('IS', new Set(instances.map((i) => i.series)).size),
  [TAG.NumberOfStudyRelatedInstances]: element('IS', instances.length),
});

const seriesCounts = (instances: readonly Instance[]): JsonDataset => ({
  [TAG.NumberOfSeriesRelatedInstances]: element('IS', instances.length),
});

interface LevelRule {
  /** Instances with the same key are one result. */
  readonly key: (instance: Instance) => string;
  readonly attributes: readonly Keyword[];
  readonly counts: (instances: readonly Instance[]) => JsonDataset;
  readonly path: (instance: Instance) => string;
}

const STUDY_PATH = ({ study }: Instance) => `studies/${study}`;
const SERIES_PATH = (instance: Instance) => `${STUDY_PATH(instance)}/series/${instance.series}`;

const LEVELS: Readonly<Record<Level, LevelRule>> = Object.freeze({
  studies: {
    key: ({ study }: Instance) => study,
    attributes: STUDY_ATTRIBUTES,
    counts: studyCounts,
    path: STUDY_PATH,
  },
  series: {
    key: ({ study, series }: Instance) => `${study} ${series}`,
    attributes: [...STUDY_ATTRIBUTES, ...SERIES_ATTRIBUTES],
    counts: seriesCounts,
    path: SERIES_PATH,
  },
  instances: {
    key: ({ sop }: Instance) => sop,
    attributes: [...STUDY_ATTRIBUTES, ...SERIES_ATTRIBUTES, ...INSTANCE_ATTRIBUTES],
    counts: () => ({}),
    path: (instance: Instance) => `${SERIES_PATH(instance)}/instances/${instance.sop}`,
  },
});

function groups(instances: readonly Instance[], key: LevelRule['key']): Instance[][] {
  const byKey = new Map<string, Instance[]>();
  for (const instance of instances) {
    const group = byKey.get(key(instance));
    if (group) group.push(instance);
    else byKey.set(key(instance), [instance]);
  }
  return [...byKey.values()];
}

const sorted = (dataset: JsonDataset): JsonDataset =>
  Object.fromEntries(Object.entries(dataset).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Searches for studies, series or instances (QIDO-RS, PS3.18 10.6).
 * @param scope the study and series that the path of the request names
 * @param root address of the service, for RetrieveURL
 */
export function search(
  store: InstanceStore,
  level: Level,
  scope: Selection,
  parameters: URLSearchParams,
  root: string,
): readonly JsonDataset[] {
  const { key, attributes, counts, path } = LEVELS[level];
  const tags = attributes.map((keyword) => TAG[keyword]);
  const results = groups(store.select(scope), key).map((instances) => ({
    ...Object.fromEntries(
      tags.flatMap((tag) => {
        const found = instances[0].attributes[tag];
        return found ? [[tag, found]] : [];
      }),
    ),
    ...counts(instances),
    [TAG.InstanceAvailability]: element('CS', 'ONLINE'),
    [TAG.RetrieveURL]: element('UR', `${root}/${path(instances[0])}`),
  }));
  const matches = matcher(parameters, [...tags, TAG.ModalitiesInStudy]);
  return page(results.filter(matches), parameters).map(sorted);
}
