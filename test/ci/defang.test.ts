import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang } from '../../src/ci/defang.ts';

describe('untrusted words among ours', () => {
  it.each([
    ['see https://evil.example/a', 'see hxxps[:]//evil.example/a'],
    ['dial ftp://evil.example', 'dial ftp[:]//evil.example'],
    ['https\uff1a//evil.example', 'hxxps[:]//evil.example'],
    ['www.evil.example', 'www[.]evil.example'],
    ['mailto:x@evil.example', 'mailto[:]x@evil.example'],
    ['<!here> <@U1> <img src=x>', '‹!here> ‹[at]U1> ‹img src=x>'],
    ['ask @channel', 'ask [at]channel'],
    ['[a](b)', '[a] (b)'],
    ['```x```', "'''x'''"],
    ['3 < 4, a@b, sha256:1f, 10:42', '3 < 4, a@b, sha256:1f, 10:42'],
  ])('%s', (text, shown) => {
    expect(defang(text)).toBe(shown);
  });

  it('are the same when they are done twice, and hold no link', () => {
    const piece = fc.constantFrom(
      'http',
      's',
      ':',
      '//',
      '<',
      '!',
      '@',
      'a',
      ' ',
      '](',
      'www',
      '.',
      '\uff1a',
      '\uff20',
    );
    fc.assert(
      fc.property(fc.array(piece), (parts) => {
        const once = defang(parts.join(''));
        expect(defang(once)).toBe(once);
        expect(once).not.toMatch(/\w:\/\/|<[!@a-z]|\]\(/i);
      }),
    );
  });
});
