import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJunit } from '../../src/logs/junit.ts';

const read = (xml: string): ReturnType<typeof readJunit> => readJunit(Buffer.from(xml));

describe('a JUnit file', () => {
  it('gives its cases, and each failure exactly as it stands in the file', () => {
    const xml = [
      '<testsuites><testsuite name="s">',
      '<testcase name="good"/><testcase name="later"><skipped/></testcase>',
      '<testcase name="bad &amp; ugly">',
      '<failure message="boom">line 1',
      'line 2 &lt;x&gt;</failure></testcase>',
      '</testsuite></testsuites>',
    ].join('\n');

    const { cases, problems } = read(xml);

    expect(problems).toEqual([]);
    expect(cases.map(({ name, outcome }) => [name, outcome])).toEqual([['good', 'passed'], ['later', 'skipped'], ['bad & ugly', 'failed']]); // prettier-ignore
    expect(cases[2]).toMatchObject({
      suite: 's',
      message: 'boom\nline 1\nline 2 <x>',
      quote: '<failure message="boom">line 1\nline 2 &lt;x&gt;</failure>',
      lines: { from: 4, to: 5 },
    });
  });

  it('that is cut off keeps the failure it was in, and says so', () => {
    const { cases, problems } = read('<testsuite><testcase name="a"><failure>the reason');

    expect(cases).toMatchObject([{ name: 'a', outcome: 'failed', message: 'the reason' }]);
    expect(problems).not.toEqual([]);
  });

  it.each([
    ['an HTML page', '<html><body>please log in</body></html>'],
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['nesting without end (B-11)', '<testsuite>'.repeat(100_000)],
    [
      'a billion laughs (B-10)',
      '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><testsuite><testcase name="&b;"><failure>&b;</failure></testcase></testsuite>',
    ],
    [
      'an external entity (B-10)',
      '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite><testcase name="n"><failure>&x;</failure></testcase></testsuite>',
    ],
  ])('that is %s gives no invented case and names the problem', (_, xml) => {
    const { cases, problems } = read(xml);

    expect(problems).not.toEqual([]);
    for (const { message } of cases) expect(message).not.toContain('root:');
  });

  it('never throws, and quotes only what is in the file', () => {
    const piece = fc.constantFrom('<testsuite>', '</testsuite>', '<testcase name="a">', '</testcase>', '<failure message="m">', '</failure>', '<error/>', '<![CDATA[', ']]>', '&amp;', '&x;', 'text\n', '<!--', '-->'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (parts) => {
        const xml = parts.join('');
        for (const { quote } of read(xml).cases) expect(xml.toWellFormed()).toContain(quote);
      }),
      { numRuns: 3_000 },
    );
  });
});
