// A build log of any size for the bench, made of the demo world's lines: times, names and numbers differ, shapes repeat.
import { closeSync, openSync, writeSync } from 'node:fs';
import * as shapes from '../../src/sources/demo/logs/noise.ts';
import { Random } from '../../src/sources/demo/random.ts';

const LINES = 20_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20);
const KINDS = [shapes.KLOG, shapes.KUBECTL, shapes.TIMELINE, shapes.MONITOR];
const END = [
  '--- FAIL: TestServer (0.02s)',
  '    server_test.go:42: got 3, want 4',
  'FAIL',
  'error: failed to execute wrapped command: exit status 1',
];

export function writeBuildLog(path: string, bytes: number): void {
  const random = new Random('bench');
  const file = openSync(path, 'w');
  for (let written = 0, hour = 0; written < bytes; hour += 1) {
    const from = START + hour * HOUR;
    const lines = shapes.noise(random, LINES, [from, from + HOUR], KINDS[hour % KINDS.length] ?? shapes.KUBECTL);
    written += writeSync(file, `${lines.join('\n')}\n`);
  }
  writeSync(file, `${END.join('\n')}\n`);
  closeSync(file);
}
