// npm run bench:redos: does the time of redaction, cleaning and search grow with the text alone, whatever the text is?
import { redactText } from '../../src/ci/redact/redact.ts';
import { CI_TOKENS } from '../../src/ci/redact/ci-tokens.ts';
import { NAME_WORDS } from '../../src/ci/redact/assignment.ts';
import { SERVICE_TOKENS } from '../../src/ci/redact/service-tokens.ts';
import { prefixesOf } from '../../src/ci/redact/shape.ts';
import { oneLine } from '../../src/ci/text.ts';
import { Lines } from '../../src/logs/lines.ts';
import { compilePattern } from '../../src/logs/pattern.ts';
import { search } from '../../src/logs/search.ts';

const SMALL = 32 * 1024;
const TIMES = 4;
/** Four times the text may take this often the time: a quadratic pattern takes sixteen times. */
const RATIO = 8;
/** What is faster than this is not told from noise. */
const MEASURABLE_MS = 100;

const prefixes = [...CI_TOKENS, ...SERVICE_TOKENS]
  .flatMap(({ shape }) => prefixesOf(shape))
  .filter((text) => text !== '');

/** Pieces that rules begin on and then fail on, each repeated to fill a text: on one line, and on many. */
const PIECES: readonly string[] = [
  ...prefixes,
  ...prefixes.map((prefix) => `${prefix}a1B2-`),
  ...NAME_WORDS.map((word) => `${word}=`),
  'token=1a',
  'password: "',
  'secret_token -secret ',
  '://a:',
  '://a:b:c',
  'https://x@',
  'Authorization: Bearer ',
  'authorization',
  'bearer ',
  'curl -u a:',
  '--token ',
  '"auth":"',
  'client-key-data:',
  'eyJa-eyJ',
  'eyJaaaaaaaaaaaaaaaaa.eyJ',
  'ZXlK',
  'LS0tLS1CRUdJTi',
  'AKIA',
  'sig=',
  '&sig=a',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nAAAA',
  'kind: Secret\ndata:\n',
  'kind: Secret',
  'data:',
  ' ',
  '\t',
  "'",
  '\\',
  '[redacted: ',
  '[redacted: jwt]',
  'cookie: a=',
  '$2a$10$',
  'AAAAA-BBBBB-CCCCC-DDDDD',
];

const LIMITS = { context: 1, matches: 10, bytes: 10_000, steps: 1e12 };
/** Those that cleaning could stumble over. */
const CONTROLS = ['\u001b[', '\u001b]', '\u001bP', '\u009b1', '\u200b', '\r', ' \t', '\ud800'];
const PATTERNS = ['(a+)+b', '^(.*a){5}$', '(x|xx)+$', '\\s+$'];

const TASKS: readonly { name: string; pieces: readonly string[]; run: (text: string) => unknown }[] = [
  { name: 'redact', pieces: PIECES, run: redactText },
  { name: 'one line', pieces: [...CONTROLS, 'token=', 'a '], run: (text) => oneLine(text, 300) },
  {
    name: 'search',
    pieces: ['a', 'x', ' ', 'token=1a', 'aaaaaaaaab'],
    run: (text) => PATTERNS.map((pattern) => search(new Lines(Buffer.from(text)), compilePattern(pattern), LIMITS)),
  },
];
let isLinear = true;
for (const { name, pieces, run } of TASKS) {
  let worst = { ratio: 0, rate: Infinity, ofRatio: '', ofRate: '' };
  for (const piece of pieces)
    for (const unit of [piece, `${piece}\n`]) {
      const small = unit.repeat(Math.ceil(SMALL / unit.length));
      const large = unit.repeat(Math.ceil((TIMES * SMALL) / unit.length));
      const [few, many] = [timeOf(run, small), timeOf(run, large)];
      const ratio = many < MEASURABLE_MS ? 0 : many / few;
      const rate = large.length / 1e3 / many;
      if (ratio > worst.ratio) worst = { ...worst, ratio, ofRatio: unit };
      if (rate < worst.rate) worst = { ...worst, rate, ofRate: unit };
      if (ratio <= RATIO) continue;
      isLinear = false;
      console.log(
        `not linear: ${name} of ${JSON.stringify(unit)}: ${few.toFixed(1)} ms, ${TIMES} times it ${many.toFixed(1)} ms`,
      );
    }
  console.log(
    `${name.padEnd(9)} ${pieces.length * 2} hostile texts: ${TIMES} times the text takes at most ${worst.ratio.toFixed(1)} times the time (${JSON.stringify(worst.ofRatio)}); bar ${RATIO}; slowest ${worst.rate.toFixed(1)} MB/s (${JSON.stringify(worst.ofRate)})`,
  );
}
process.exitCode = isLinear ? 0 : 1;

/** The shortest of three runs: the first may still be compiling. */
function timeOf(task: (text: string) => unknown, text: string): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const began = performance.now();
      task(text);
      return performance.now() - began;
    }),
  );
}
