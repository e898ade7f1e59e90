import { describe, expect, it } from 'vitest';
import { cutText, MAX_TEXT } from '../../src/tooling/cut.ts';

describe('a text that is too long', () => {
  it('keeps its beginning and its end, where evidence and cursors stand, and says what is left out', () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => `line ${i} ${'x'.repeat(20)}`);

    const cut = cutText([...lines, '[E1] proof', 'More: cursor abc'].join('\n'));

    expect(cut.length).toBeLessThanOrEqual(MAX_TEXT);
    expect(cut).toMatch(/^line 0 /);
    expect(cut).toMatch(/\[E1\] proof\nMore: cursor abc$/);
    const left = Number(/… (\d+) lines left out here/.exec(cut)?.[1]);
    expect(left + cut.split('\n').length - 1).toBe(2_002);
  });

  it('may be one line', () => {
    expect(cutText('x'.repeat(100_000)).length).toBeLessThanOrEqual(MAX_TEXT);
  });

  it('is left alone when it fits', () => {
    expect(cutText('x'.repeat(MAX_TEXT))).toHaveLength(MAX_TEXT);
  });
});
