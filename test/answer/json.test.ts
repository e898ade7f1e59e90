import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/answer/json.ts';

describe('JSON for a terminal', () => {
  it('escapes what steers or hides, letters beyond 16 bits too, and parses back', () => {
    const value = { text: 'a\u202eb\u200bc\u{e0041}\u{1f642}' };

    const text = jsonText(value);

    expect(text).not.toMatch(/[\u202e\u200b\u{e0000}-\u{e0fff}]/u);
    expect(text).toContain('\\udb40\\udc41');
    expect(JSON.parse(text)).toEqual(value);
  });
});
