// Answers as the worst of logs, models, names and people would have them, for property runs over the real views.
import fc from 'fast-check';
import type { AssistantAnswer } from '../../src/assistant/answer.ts';
import type { Piece } from '../../src/assistant/results.ts';
import { compareUrl, gridUrl, jobUrl, logLinesUrl, objectUrl, pullUrl, type PublicSites } from '../../src/ci/links.ts';

export const SITES: PublicSites = {
  deck: 'https://prow.k8s.io',
  storage: 'https://storage.googleapis.com',
  testgrid: 'https://testgrid.k8s.io',
};
/** Where links may lead. */
export const LISTED: ReadonlySet<string> = new Set([
  ...Object.values(SITES).map((site: string) => new URL(site).host),
  'github.com',
]);

const ATTACKS = [
  '<@U000000002>',
  '<@U000000002|ana>',
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S000000001>',
  '<#C000000001|general>',
  '<!date^1392734382^{date}^https://evil.example/|x>',
  '@channel',
  '@here',
  '@everyone',
  '&lt;@U000000002&gt;',
  '&#60;!channel&#62;',
  '\\u003c!here\\u003e',
  '<\u200b@U000000002>',
  '＜@U000000002＞',
  '<https://evil.example/?d=1|prow.k8s.io>',
  '<mailto:a@evil.example|mail>',
  '[click](https://evil.example/?d=1)',
  '![x](https://evil.example/x.png)',
  '[a][b]\n[b]: https://evil.example',
  'https://prow.k8s.io.evil.example/view',
  'https://prow.k8s.io@evil.example/',
  'http://evil.example',
  'slack://open?team=T1',
  'javascript:alert(1)',
  '//evil.example/x',
  '```',
  '`<!here>`',
  '*bold* _it_ ~no~',
  '> quote',
  ':boom:',
  '\n',
  '\r\n',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\u202e',
  '\ud800',
  '"}]},{"type":"broadcast","range":"channel"}',
  '<',
  '>',
  '&',
  '|',
  '@',
  '://',
];

const word = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...ATTACKS) },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('a', '\n', '<@U1>', '&', '`', '@'), fc.integer({ min: 1, max: 600 }))
      .map(([part, times]) => part.repeat(times)),
  },
);

/** A text by an attacker. */
export const hostile = fc.array(word, { maxLength: 6 }).map((words) => words.join(''));

const url = fc
  .tuple(
    fc.nat(6),
    hostile.map((text) => text.toWellFormed()),
    fc.nat(),
  )
  .map(([kind, name, number]) => {
    const job = { system: 's', bucket: 'kubernetes-ci-logs', kind: 'periodic', name } as const;
    const run = { job, path: `logs/${name}/${number}` };
    const made = [
      null,
      jobUrl(SITES, job),
      pullUrl(SITES, { org: name, repo: name, number }),
      objectUrl(SITES, job.bucket, name),
      logLinesUrl(SITES, run, `logs/${name}/x.txt`, { from: 1, to: 2 }, name),
      gridUrl(SITES, name, name, name),
      compareUrl(name, name, name),
    ];
    return made[kind] ?? null;
  });

const quote = fc.option(fc.record({ text: hostile, line: fc.option(fc.nat()) }));
const piece: fc.Arbitrary<Omit<Piece, 'id'>> = fc.record({ text: hostile, title: hostile, url, quote });

const data = fc.record(
  {
    job: hostile,
    url: url.map((one) => one ?? ''),
    build: hostile,
    pull: hostile,
    state: fc.oneof(fc.constantFrom('failing', 'passing', 'stale'), hostile),
    locus: hostile,
    recurrence: hostile,
    gaps: fc.array(hostile, { maxLength: 4 }),
  },
  { requiredKeys: [] },
);

const spent = {
  turns: 1,
  calls: 1,
  input_tokens: 1,
  output_tokens: 1,
  estimated: false,
  dollars: null,
  ms: 1,
  entries: [],
};

/** An answer all of whose texts are by an attacker; its links are made by our code, from names by that attacker. */
export const hostileAnswer: fc.Arbitrary<AssistantAnswer> = fc
  .record({
    question: hostile,
    by: fc.constantFrom('model' as const, 'rules' as const),
    fallback: fc.option(hostile),
    texts: fc.array(hostile, { maxLength: 12 }),
    pieces: fc.array(piece, { maxLength: 25 }),
    next: fc.option(hostile),
    disagrees: fc.option(hostile),
    data,
    isError: fc.boolean(),
    text: hostile,
  })
  .map(({ texts, pieces, data: found, isError, text, ...rest }) => {
    const evidence = pieces.map((one, i) => ({ ...one, id: `R1.E${i}` }));
    return {
      ...rest,
      claims: texts.map((said, i) => ({ text: said, evidence: evidence.slice(i, i + 3).map(({ id }) => id) })),
      verified: texts.length,
      claimed: texts.length,
      dropped: [],
      first: { id: 'R1', tool: 'diagnose', text, data: found, isError },
      evidence,
      spent,
    };
  });
