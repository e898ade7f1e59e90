// Which CI systems whyred knows, and where it contacts them: two out of the box, more by a config file.
import { z } from 'zod';
import { isBucket, isSlug } from '../ci/names.ts';
import type { System } from '../ci/system.ts';

/** Where a system's services are contacted; the public sites unless a mirror stands in for them. */
export interface Endpoints {
  readonly deck: string;
  readonly storage: string;
  readonly testgrid: string;
}

export interface SystemConfig extends System {
  readonly contact: Endpoints;
}

/** Which issues are read as known ones; none unless repositories are named. */
export interface KnownIssuesConfig {
  readonly repositories: readonly { readonly org: string; readonly repo: string }[];
  /** An issue with any of these is one. */
  readonly labels: readonly string[];
  /** Where GitHub's API is asked. */
  readonly api: string;
  /** The file of the list that is kept by hand. */
  readonly list: string | null;
}

export interface Config {
  readonly systems: readonly SystemConfig[];
  readonly knownIssues: KnownIssuesConfig;
  readonly cacheMaxBytes: number;
}

const Site = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine((url) => URL.canParse(url) && new URL(url).username === '', 'must not carry a user name')
  .transform((url) => url.replace(/\/{1,9}$/, ''));

const Sites = z.strictObject({ deck: Site, storage: Site, testgrid: Site });

const SystemSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a lower-case name'),
    buckets: z.array(z.string().refine(isBucket, 'must be a bucket name')).min(1),
    sites: Sites,
    gcsweb: z.array(Site).default([]),
    dashboards: z.array(z.string().min(1).max(200)).default(['*']),
    contact: Sites.partial().optional(),
  })
  .transform((system): SystemConfig => {
    const { contact } = system;
    return {
      ...system,
      contact: {
        deck: contact?.deck ?? system.sites.deck,
        storage: contact?.storage ?? system.sites.storage,
        testgrid: contact?.testgrid ?? system.sites.testgrid,
      },
    };
  });

const KnownIssuesSchema = z.strictObject({
  repositories: z
    .array(
      z.string().transform((text, context) => {
        const [org = '', repo = '', ...more] = text.split('/');
        if (isSlug(org) && isSlug(repo) && more.length === 0) return { org, repo };
        context.addIssue('must be org/repo');
        return z.NEVER;
      }),
    )
    .default([]),
  labels: z.array(z.string().min(1).max(100)).min(1).default(['kind/flake', 'kind/failing-test']),
  api: Site.default('https://api.github.com'),
  list: z.string().min(1).nullable().default(null),
});

const ConfigSchema = z.strictObject({
  systems: z.array(SystemSchema).default([]),
  knownIssues: KnownIssuesSchema.prefault({}),
  cacheMaxBytes: z
    .int()
    .min(1024 * 1024)
    .max(1024 ** 4)
    .default(1024 ** 3),
});

const STORAGE = 'https://storage.googleapis.com';
const TESTGRID = 'https://testgrid.k8s.io';

/** The two public systems. */
const BUILT_IN: z.input<typeof SystemSchema>[] = [
  {
    name: 'kubernetes',
    buckets: ['kubernetes-ci-logs'],
    sites: { deck: 'https://prow.k8s.io', storage: STORAGE, testgrid: TESTGRID },
    gcsweb: ['https://gcsweb.k8s.io'],
    dashboards: ['sig-*', 'google-*', 'kops-*', 'conformance-*', 'presubmits-*', 'kubernetes-*'],
  },
  {
    name: 'openshift',
    buckets: ['test-platform-results', 'origin-ci-test', 'prow-artifact-archive'],
    sites: { deck: 'https://prow.ci.openshift.org', storage: STORAGE, testgrid: TESTGRID },
    gcsweb: ['https://gcsweb-ci.apps.ci.l2s4.p1.openshiftapps.com'],
    dashboards: ['redhat-*'],
  },
];

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Every mistake that was found, one line each. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`the configuration has ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}`);
    this.mistakes = mistakes;
  }
}

/**
 * The configuration from a config file's JSON, added to the built-in systems (a system of the same name replaces it).
 * @param ciUrl a mirror that stands in for all services of all systems: it is asked at `<ciUrl>/deck`, `/gcs`,
 *   `/testgrid` and `/github`, while links stay public.
 * @throws ConfigError with all mistakes at once
 */
export function parseConfig(json: unknown, ciUrl?: string): Config {
  const parsed = ConfigSchema.safeParse(json);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`);
  const mirror = ciUrl === undefined ? undefined : Site.safeParse(ciUrl);
  if (mirror?.success === false) mistakes.push(`CI URL: ${mirror.error.issues[0]?.message ?? 'is not a URL'}`);
  if (!parsed.success || mirror?.success === false) throw new ConfigError(mistakes);

  const systems = new Map(
    [...BUILT_IN.map((system) => SystemSchema.parse(system)), ...parsed.data.systems].map((s) => [s.name, s]),
  );
  const base = mirror?.data;
  return {
    cacheMaxBytes: parsed.data.cacheMaxBytes,
    knownIssues: base === undefined ? parsed.data.knownIssues : { ...parsed.data.knownIssues, api: `${base}/github` },
    systems: [...systems.values()].map((system) =>
      base === undefined
        ? system
        : { ...system, contact: { deck: `${base}/deck`, storage: `${base}/gcs`, testgrid: `${base}/testgrid` } },
    ),
  };
}

/** The origins that the configuration allows to be contacted. */
export const originsOf = (config: Config): Set<string> =>
  new Set(
    [
      ...config.systems.flatMap(({ contact: { deck, storage, testgrid } }) => [deck, storage, testgrid]),
      ...(config.knownIssues.repositories.length > 0 ? [config.knownIssues.api] : []),
    ].map((url) => new URL(url).origin),
  );
