import { describe, expect, it } from 'vitest';
import { Lines } from '../../src/logs/lines.ts';
import { summarizeLog } from '../../src/logs/summarize.ts';
import { BUILD_SAMPLES } from './samples/builds.ts';
import { SCRIPT_SAMPLES } from './samples/scripts.ts';

describe('the headline of a failed build', () => {
  it.each([...SCRIPT_SAMPLES, ...BUILD_SAMPLES])('of $tool is the line a person would pick', ({ log, headline }) => {
    const { headline: picked, excerpts } = summarizeLog(new Lines(Buffer.from(log)), { budget: 300 });

    expect(picked?.text).toMatch(headline);
    expect(picked && excerpts[0] && picked.line >= excerpts[0].start && picked.line <= excerpts[0].end).toBe(true);
  });
});
