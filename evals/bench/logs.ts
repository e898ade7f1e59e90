// npm run bench:logs: how fast a 100 MB log is summarised, beside ripgrep and beside one rule after another, and how
// much memory huge inputs take. Prints ratios of one run on this machine; nothing is asserted.
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, createGzip, gzipSync } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { NEEDS } from '../../src/logs/prefilter.ts';
import { RULES } from '../../src/logs/rules/all.ts';
import { LogScan } from '../../src/logs/scan.ts';
import { summarizeScan } from '../../src/logs/summarize.ts';
import { readLogFile } from '../../src/sources/log-file.ts';
import { writeBuildLog } from '../logs/build-log.ts';

const MIB = 1024 * 1024;
const REPEATS = 5;
const whyred = new URL('../../bin/whyred.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'whyred-bench-'));
const plain = join(folder, 'build.log');
const packed = join(folder, 'build.log.gz');

async function speed(): Promise<void> {
  const alternation = join(folder, 'alternation.txt');
  writeFileSync(alternation, NEEDS.map(asPattern).join('|'));
  console.log(
    `a log of 100 MiB; best of ${REPEATS}, in one process; ripgrep counts the lines that our first pass picks`,
  );
  for (const [name, path, flags] of [
    ['plain', plain, []],
    ['gzip', packed, ['-z']],
  ] as const) {
    const ours = await best(() => summarize(path));
    const rg = await best(() => run('rg', ['-c', '-i', '-a', ...flags, '-f', alternation, path]));
    const lines = await once(() => oneByOne(path));
    console.log(
      `${name.padEnd(6)} whyred ${ms(ours)}  rg -c ${ms(rg)}  ratio ${(ours / rg).toFixed(2)} (bar 1.5)   ` +
        `readline and rules one by one ${ms(lines)}: ${(lines / ours).toFixed(0)} times (bar 20)`,
    );
  }
}

/** Peak memory of `whyred log` as /usr/bin/time tells it. */
function memory(): void {
  const inputs: [string, string][] = [
    ['1 GiB plain', repeated('huge.log', 'I1120 12:00:00.000 main.go:7] all is well, retrying 1/5\n', 1024)],
    ['1 GiB in one line', repeated('line.log', 'error: a line without end ', 1024)],
    ['gzip bomb of 2 GiB', bomb('bomb.log.gz')],
  ];
  for (const [name, path] of inputs) {
    const told = spawnSync('/usr/bin/time', ['-v', process.execPath, whyred, 'log', '--json', path], {
      encoding: 'utf8',
      maxBuffer: 64 * MIB,
    });
    const peak = Number(/Maximum resident set size \(kbytes\): (\d+)/.exec(told.stderr)?.[1] ?? NaN) / 1024;
    const { truncated, lines_total } = JSON.parse(told.stdout) as { truncated: string | null; lines_total: number };
    console.log(
      `${name.padEnd(20)} peak ${peak.toFixed(0)} MiB (bar 256)  ${lines_total} lines, ${truncated ?? 'whole'}`,
    );
    rmSync(path);
  }
}

async function summarize(path: string): Promise<void> {
  const scan = new LogScan();
  await readLogFile(path, (chunk) => scan.feed(chunk));
  summarizeScan(scan.finish(), { budget: 1000 });
}

async function oneByOne(path: string): Promise<void> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let found = 0;
  for await (const line of createInterface({ input }))
    for (const { pattern } of RULES) if (pattern.test(line)) found += 1;
  if (found === 0) throw new Error('the log says nothing');
}

function run(command: string, args: readonly string[]): void {
  const { error, status } = spawnSync(command, args);
  if (error ?? status !== 0) throw new Error(`${command} did not run (apt-get install ripgrep)`, { cause: error });
}

async function once(work: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function best(work: () => void | Promise<void>): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < REPEATS; i += 1) least = Math.min(least, await once(work));
  return least;
}

const ms = (value: number): string => `${value.toFixed(0).padStart(5)} ms`;

/** A literal as a regular expression; a newline in it is the border of a line. */
const asPattern = (literal: string): string =>
  literal
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replace(/^\n/, '^')
    .replace(/\n$/, '$')
    .replace('\t', '\\t')
    .replace('<n>', '[0-9]+');

function repeated(name: string, text: string, mebibytes: number): string {
  const path = join(folder, name);
  const chunk = Buffer.from(text.repeat(Math.ceil(MIB / text.length)));
  const file = openSync(path, 'w');
  for (let i = 0; i < mebibytes; i += 1) writeSync(file, chunk);
  closeSync(file);
  return path;
}

/** Members of a gzip file follow one another: 2 GiB of zeros without making them. */
function bomb(name: string): string {
  const path = join(folder, name);
  const member = gzipSync(Buffer.alloc(64 * MIB));
  const file = openSync(path, 'w');
  for (let i = 0; i < 32; i += 1) writeSync(file, member);
  closeSync(file);
  return path;
}

try {
  writeBuildLog(plain, 100 * MIB);
  await pipeline(createReadStream(plain), createGzip(), createWriteStream(packed));
  await speed();
  memory();
} finally {
  rmSync(folder, { recursive: true });
}
