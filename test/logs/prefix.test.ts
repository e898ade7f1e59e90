import { describe, expect, it } from 'vitest';
import { withoutPrefix } from '../../src/logs/prefix.ts';

describe('a line without what its runner puts before it', () => {
  it.each([
    ['GitHub Actions', '2024-05-01T10:00:00.1234567Z   3:8  error  unused', '  3:8  error  unused'],
    ['a blank line of GitHub Actions', '2024-05-01T10:00:00.1234567Z ', ''],
    ["Go's log package", '2024/05/01 10:00:00 \tmain.go:7', '\tmain.go:7'],
    ['Jenkins', '10:00:00      at Api.get', '    at Api.get'],
    ['BuildKit on GitHub Actions', '2024-05-01T10:00:00.1234567Z #12 8.123 npm ERR! 404', 'npm ERR! 404'],
    ['no runner', '    at Api.get (api.ts:7)', '    at Api.get (api.ts:7)'],
  ])('keeps its indentation: %s', (_, line, text) => {
    expect(withoutPrefix(line)).toBe(text);
  });
});
