// The annotated root-cause cases beside the project, as logs: verbatim key lines among verbatim distractors and noise.
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Locus } from '../../src/ci/verdict.ts';
import { Random } from '../../src/sources/demo/random.ts';

export interface AnnotatedCase {
  readonly id: string;
  /** Lines that prove the cause, as a person noted them. */
  readonly key: readonly string[];
  /** Lines that mislead. */
  readonly distractors: readonly string[];
  readonly right: readonly Locus[];
  readonly mustNot: readonly Locus[];
}

const Annotations = z.object({
  expected_failure_type: z.string().optional(),
  acceptable_failure_types: z.array(z.string()).default([]),
  key_evidence: z.array(z.object({ example: z.string(), artifacts: z.array(z.string()) })).default([]),
  distractors: z.array(z.string()).default([]),
  must_not_conclude: z.array(z.string()).default([]),
  notes: z.string().default(''),
  ground_truth: z.string().default(''),
});

/** What the annotation's failure types are as loci. A test that fails by the product is `test` there. */
const LOCI: Readonly<Record<string, readonly Locus[]>> = {
  test: ['product', 'test', 'build/config'],
  upgrade: ['product', 'test'],
  infra: ['ci infrastructure'],
  install: ['cluster install'],
};

/** What a forbidden conclusion speaks of. */
const FORBIDDEN: readonly [RegExp, Locus][] = [
  [/\binfra|cloud-provider|lease/i, 'ci infrastructure'],
  [/\binstall|bootstrap|bring-up|control plane never/i, 'cluster install'],
];

interface Noted {
  /** Which quotes of the prose are what a log said. */
  readonly key: RegExp;
  readonly right: readonly Locus[];
  readonly mustNot: readonly Locus[];
}

/** Cases whose evidence is in their prose alone: what their notes say that it is, and is not. */
const NOTED: Readonly<Record<string, Noted>> = {
  'payload-analysis/case-001': {
    key: /enough addresses/,
    right: ['build/config', 'ci infrastructure'],
    mustNot: ['product'],
  },
  'payload-analysis/case-007': {
    key: /listing tests/,
    right: ['product', 'test'],
    mustNot: ['ci infrastructure', 'cluster install'],
  },
  'payload-analysis/case-011': {
    key: /Gateway secret/,
    right: ['ci infrastructure'],
    mustNot: ['product', 'test', 'build/config'],
  },
  'payload-analysis/case-019': {
    key: /template rendering/,
    right: ['product'],
    mustNot: ['ci infrastructure', 'test'],
  },
  'bulk-triage-regressions/case-001': {
    key: /paramKind|task ID/,
    right: ['product', 'cluster install'],
    mustNot: ['ci infrastructure'],
  },
  'bulk-triage-regressions/case-003': {
    key: /never deployed|revision 0|failed to list/,
    right: ['product', 'cluster install'],
    mustNot: ['ci infrastructure'],
  },
};

/** Quotes of prose that are long enough to be a line, or a good part of one. */
const LINE_CHARS = 24;
const QUOTED = /"([^"]{1,600})"|'([^'\n]{1,600})'|`([^`]{1,600})`/g;

const linesIn = (prose: string): string[] =>
  Array.from(prose.replace(/\s+/g, ' ').matchAll(QUOTED), (found) => found[1] ?? found[2] ?? found[3] ?? '').filter(
    (line) => line.length >= LINE_CHARS && line.includes(' '),
  );

/** Evidence that only other files than logs hold (pods, journals) does not stand in a log. */
const isInLog = ({ artifacts }: { artifacts: readonly string[] }): boolean =>
  artifacts.some((artifact) => artifact.endsWith('build-log.txt') || artifact.endsWith('.log'));

export function annotatedCases(shared: string): AnnotatedCase[] {
  const root = join(shared, 'data/rca/ai-helpers');
  const cases = globSync('*/*/annotations.yaml', { cwd: root })
    .sort()
    .map((path): AnnotatedCase => {
      const read = Annotations.parse(parse(readFileSync(join(root, path), 'utf8')));
      const id = `${basename(dirname(dirname(path)))}/${basename(dirname(path))}`;
      const noted = NOTED[id];
      const types = [read.expected_failure_type ?? '', ...read.acceptable_failure_types];
      const forbidden = FORBIDDEN.filter(([words]) => read.must_not_conclude.some((text) => words.test(text)));
      const right = noted?.right ?? [...new Set(types.flatMap((type) => LOCI[type] ?? []))];
      return {
        id,
        key: noted
          ? linesIn(`${read.notes} ${read.ground_truth}`)
          : read.key_evidence.filter(isInLog).map(({ example }) => example),
        distractors: read.distractors.flatMap(linesIn),
        right,
        mustNot: noted?.mustNot ?? forbidden.map(([, locus]) => locus).filter((locus) => !right.includes(locus)),
      };
    });
  return [...cases, ...incidents(shared)].filter(({ key, right }) => key.length > 0 && right.length > 0);
}

const Incidents = z.array(
  z.object({ issue_type: z.string(), runs: z.array(z.object({ comments: z.array(z.string()).nullish() })) }),
);

/** Outages of a cloud: what people noted of each run is the end of a line of the installer. */
function incidents(shared: string): AnnotatedCase[] {
  const file = join(shared, 'data/rca/sippy-known-issues/resolved_issues.json');
  const outages = Incidents.parse(JSON.parse(readFileSync(file, 'utf8'))).filter(
    ({ issue_type }) => issue_type === 'Infrastructure',
  );
  const noted = new Set(outages.flatMap(({ runs }) => runs.flatMap(({ comments }) => comments ?? [])));
  return [...noted].map((line, i): AnnotatedCase => ({
    id: `incident ${i}`,
    key: [`level=error msg=${line}`],
    distractors: [],
    right: ['ci infrastructure', 'cluster install'],
    mustNot: ['product', 'test', 'build/config'],
  }));
}

const NOISE: readonly ((random: Random) => string)[] = [
  (random) =>
    `I1120 09:${random.int(10, 59)}:${random.int(10, 59)}.000000       1 reconciler.go:${random.int(10, 400)}] synced ${random.suffix(8)}`,
  (random) =>
    `time="2026-11-20T09:${random.int(10, 59)}:00Z" level=info msg="Waiting for rollout of ${random.suffix(6)}"`,
  (random) =>
    `passed: (${random.int(1, 90)}.${random.int(0, 9)}s) "[sig-apps] ${random.suffix(9)} should work [Suite:openshift/conformance/parallel]"`,
  (random) =>
    `level=debug msg=Still waiting for the cluster to initialize: Working towards 4.22: ${random.int(1, 900)} of 901 done`,
  (random) => `Downloading ${random.suffix(7)} (${random.int(1, 99)} MB)`,
];
const NOISE_LINES = 600;
const KEY_LINES = 60;

/** A step's log: noise, the distractors in its first half, the key lines some way above its end, and how such logs end. */
export function logOf({ id, key, distractors }: AnnotatedCase): string[] {
  const random = new Random('rca', id);
  const lines = Array.from({ length: NOISE_LINES }, () => random.pick(NOISE)(random));
  distractors.forEach((line) => lines.splice(random.int(0, NOISE_LINES / 2), 0, line));
  const at = lines.length - KEY_LINES;
  key.forEach((line, i) => lines.splice(at + i * 6, 0, line));
  return [...lines, 'error: failed to execute wrapped command: exit status 1'];
}
