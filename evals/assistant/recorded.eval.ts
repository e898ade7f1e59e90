// Layer a, recorded runs of OpenShift, asked by every form of address: is the step that failed first named to the reader?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/answer/verify.ts';
import { investigate } from '../../src/diagnose/investigate.ts';
import { memoryCache } from '../../src/sources/cache.ts';
import { parseConfig } from '../../src/sources/config.ts';
import { hash } from '../../src/sources/demo/random.ts';
import { createSources } from '../../src/sources/sources.ts';
import { diagnosisOf, diagnosisText } from '../../src/tooling/diagnosis.ts';
import { recordedData, startMirror } from '../mirror.ts';
import { amount, count, median, share, tell } from './figures.ts';

interface RecordedRun {
  readonly build_id: string;
  readonly job: string;
  readonly url: string;
  readonly steps?: Record<string, { timestamp: number; passed: boolean }>;
}

/** `npm run eval:steps` asks for all of them; here each in another way. */
const SAMPLE = 96;
const CHARS_A_TOKEN = 4;

const FORMS: readonly ((run: RecordedRun) => string)[] = [
  ({ url }) => url,
  ({ url }) => `Why did this fail: ${url}?`,
  ({ job, build_id }) => `gs://test-platform-results/logs/${job}/${build_id}`,
  ({ job, build_id }) =>
    `is https://gcsweb-ci.apps.ci.l2s4.p1.openshiftapps.com/gcs/test-platform-results/logs/${job}/${build_id}/ a flake?`,
  ({ url }) => `${url}/`,
];

/** The steps that failed, the first one first, by their own finished.json. */
const failedSteps = ({ steps = {} }: RecordedRun): string[] =>
  Object.entries(steps)
    .filter(([, { passed }]) => !passed)
    .sort(([, a], [, b]) => a.timestamp - b.timestamp)
    .map(([name]) => name);

const shared = recordedData();
if (shared === null) console.log('skipped: recorded runs (no recorded data beside the project)');

describe.runIf(shared !== null)('recorded runs', () => {
  it('are told by the step that failed first', async (context) => {
    const recorded = readFileSync(join(shared ?? '', 'data/prow/builds.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const runs = recorded
      .map((line) => JSON.parse(line) as RecordedRun)
      .filter((run) => failedSteps(run).length > 0)
      .sort((a, b) => hash(a.build_id) - hash(b.build_id))
      .slice(0, SAMPLE);
    const mirror = await startMirror(shared ?? '');
    const sources = createSources({ config: parseConfig({}, mirror.url), cache: memoryCache(), clock: Date.now });
    let [named, green, later, claims, verified] = [0, 0, 0, 0, 0];
    const tokens: number[] = [];
    for (const [i, run] of runs.entries()) {
      const question = FORMS[i % FORMS.length]?.(run) ?? run.url;
      const checked = verify(await investigate(question, { sources, clock: Date.now }));
      const diagnosis = diagnosisOf(checked, 'concise');
      const text = diagnosisText(diagnosis);
      const [truth = '', ...others] = failedSteps(run);
      const said = diagnosis.causes[0]?.step ?? '';
      named += Number(said === truth && text.includes(truth) && diagnosis.build === run.build_id);
      later += Number(others.includes(said));
      green += Number(diagnosis.causes.length === 0);
      claims += checked.claims;
      verified += checked.verified;
      tokens.push(Math.ceil(text.length / CHARS_A_TOKEN));
      if (said !== truth) console.log(`${run.job}/${run.build_id}: “${question}”: ${said} instead of ${truth}`);
    }
    await sources.close();
    await mirror.stop();
    tell(context, [
      share('recorded-step', 'recorded runs: the step that failed first is named to the reader', named, runs.length, {
        bar: 0.97,
      }),
      count('recorded-later', 'recorded runs: a consequence is taken for the cause', later, runs.length, null),
      count('recorded-green', 'recorded runs: a red run without a cause', green, runs.length),
      share('recorded-verified', 'recorded runs: claims whose quotes verify', verified, claims),
      amount('recorded-tokens', 'recorded runs: tokens of the investigation, median', median(tokens), tokens.length, {
        slack: 0.05,
      }),
    ]);
    expect(runs.length).toBe(SAMPLE);
  });
});
