import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';
import { withoutPrefix } from '../../src/logs/prefix.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';
import { ACTIONS_BUILD_SAMPLES } from './samples/actions-builds.ts';
import { ACTIONS_TEST_SAMPLES } from './samples/actions-tests.ts';
import { BUILD_SAMPLES } from './samples/builds.ts';
import { actions } from './samples/sample.ts';
import { SCRIPT_SAMPLES } from './samples/scripts.ts';

describe('the headline of a failed build', () => {
  it.each([...SCRIPT_SAMPLES, ...BUILD_SAMPLES])('of $tool is the line a person would pick', ({ log, headline }) => {
    const { headline: picked, excerpts } = summarizeLog(new Lines(Buffer.from(log)), { budget: 300 });

    expect(picked?.text).toMatch(headline);
    expect(picked && excerpts[0] && picked.line >= excerpts[0].start && picked.line <= excerpts[0].end).toBe(true);
  });

  it.each([...ACTIONS_TEST_SAMPLES, ...ACTIONS_BUILD_SAMPLES])(
    'of $tool on GitHub Actions is the line a person would pick, in the whole log and in an excerpt',
    (sample) => {
      for (const log of [actions(sample), sample.log]) {
        const { headline } = summarizeLog(new Lines(Buffer.from(`${log}\n`)), { budget: 1_000 });
        const text = withoutPrefix(headline?.text ?? '');

        expect(sample.headlines).toContain(text.replace('##[error]', '').trim());
      }
    },
  );
});
