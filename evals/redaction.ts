// npm run eval:redaction: which secrets are found, how often a benign line is redacted, and how fast it goes.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ASSIGNED } from '../src/ci/redact/assigned.ts';
import { CI_TOKENS } from '../src/ci/redact/ci-tokens.ts';
import { redact, redactText } from '../src/ci/redact/redact.ts';
import { SERVICE_TOKENS } from '../src/ci/redact/service-tokens.ts';
import { Random } from '../src/sources/demo/random.ts';
import { recordedData } from './mirror.ts';
import { CI_CLASSES, type Example } from './redaction/classes.ts';
import { isShown, make } from './redaction/make.ts';
import { SPELLINGS } from './redaction/spellings.ts';

const SEED = 1;
const TIMES = 40;
const isVerbose = process.argv.includes('--missed');

const passed = [classes(), rules(), ...benign(recordedData()), speed()];
process.exitCode = passed.every(Boolean) ? 0 : 1;

/** An example is found when no part of any of its secrets is left, and the text has as many lines as before. */
function isFound({ text, secrets }: Example): boolean {
  const shown = redactText(text);
  const found = !secrets.some((secret) => isShown(secret, shown)) && lineCount(shown) === lineCount(text);
  if (!found && isVerbose) console.log(`missed: ${JSON.stringify(shown.slice(0, 300))}`);
  return found;
}

function classes(): boolean {
  const missed = CI_CLASSES.map(({ name, examples }) => {
    const all = Array.from({ length: TIMES }, (_, n) => examples(new Random(SEED, name, n))).flat();
    return { name, of: all.length, missed: all.filter((example) => !isFound(example)).length };
  });
  const found = missed.filter((entry) => entry.missed === 0).length;
  for (const entry of missed)
    if (entry.missed > 0) console.log(`  ${entry.name}: ${entry.missed} of ${entry.of} examples missed`);
  const examples = missed.reduce((sum, { of }) => sum + of, 0);
  console.log(
    `CI classes found:       ${found}/${CI_CLASSES.length} (every one of ${examples} generated examples); bar ${CI_CLASSES.length}/${CI_CLASSES.length}`,
  );
  return found === CI_CLASSES.length;
}

/**
 * Each rule's shape in the ways that names and values are written. The examples are made from the rules' own shapes: this
 * tells that literals, edges and names are found, not that a shape is the right one.
 */
function rules(): boolean {
  const tokens = [...CI_TOKENS, ...SERVICE_TOKENS].map(({ rule, shape }) => ({ rule, shape, word: 'my' }));
  const assigned = ASSIGNED.map(({ rule, shape, words }) => ({ rule, shape, word: words[0] ?? '' }));
  const names = new Set<string>();
  let found = 0;
  let of = 0;
  for (const { rule, shape, word } of [...tokens, ...assigned]) {
    names.add(rule);
    for (const spelling of SPELLINGS) {
      const secret = make(shape, new Random(SEED, rule, shape, spelling));
      const text = spelling.replaceAll('¤', word).replaceAll('§', () => secret);
      of += 1;
      if (isFound({ text, secrets: [secret] })) found += 1;
    }
  }
  console.log(
    `published shapes found: ${percent(found / of)} of ${of} examples, made from the ${names.size} rules' own shapes in ${SPELLINGS.length} spellings (no corpus of real strings: gitleaks' own are not part of this repository); bar 95 %`,
  );
  return found / of >= 0.95;
}

function benign(shared: string | null): boolean[] {
  if (shared === null) {
    console.log('false redactions:       skipped, no recorded data beside the project');
    return [];
  }
  const data = join(shared, 'data');
  const files = ['prow/gcs/**/*', 'logs/**/*.{log,txt,log.gz}', 'junit/**/*.{xml,log,txt}'].flatMap((pattern) =>
    globSync(pattern, { cwd: data, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  let [lines, redacted, size, ms] = [0, 0, 0, 0];
  for (const file of files) {
    const raw = readFileSync(file);
    const text = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString();
    lines += lineCount(text);
    const began = performance.now();
    const { redactions } = redact(text);
    ms += performance.now() - began;
    size += text.length;
    redacted += new Set(redactions.map(({ line }) => line)).size;
    const texts = isVerbose ? text.split('\n') : [];
    if (isVerbose)
      for (const { rule, line } of redactions)
        console.log(
          `${rule}\t${file.slice(data.length + 1)}:${line}\t${JSON.stringify(texts[line - 1]?.slice(0, 400))}`,
        );
  }
  const rate = (redacted / lines) * 10_000;
  console.log(
    `redacted lines:         ${redacted} of ${lines} recorded lines, ${rate.toFixed(2)} in 10,000, lines with a true secret among them; bar 1\nspeed on recorded logs: ${Math.round(size / 1e3 / ms)} MB/s (${Math.round(size / 1e6)} MB)`,
  );
  return [rate <= 1];
}

function speed(): boolean {
  const random = new Random(SEED, 'speed');
  const line = (n: number): string =>
    `2026-08-11T03:${String(n % 60).padStart(2, '0')}:05Z level=info msg="pulling registry.ci.openshift.org/ocp/4.22@sha256:${random.hex(64)}" step=e2e-aws-${random.suffix(5)}`;
  const text = Array.from({ length: 400_000 }, (_, n) => line(n)).join('\n');
  const began = performance.now();
  const { redactions } = redact(text);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `speed without secrets: ${Math.round(text.length / 1e6 / seconds)} MB/s (${Math.round(text.length / 1e6)} MB, ${redactions.length} redactions)`,
  );
  return redactions.length === 0;
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
