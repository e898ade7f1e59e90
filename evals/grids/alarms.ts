// How often each rule raises an alarm on real rows, on the same rows shuffled in time, and with events masked.
import type { Detector } from './detectors.ts';
import { seeded, shuffled, type Series } from './series.ts';

/** Alarm episodes per million test runs. */
export interface Alarms {
  readonly real: number;
  readonly shuffled: number;
  readonly masked: number;
}

const FIRST_RUN = 15;
/** Orders of each row that are tried: false alarms are few. */
const SHUFFLES = 8;

export function countAlarms(rows: readonly Series[], { says }: Detector, seed: number): Alarms {
  const random = seeded(seed);
  const total = { real: 0, shuffled: 0, masked: 0, runs: 0, maskedRuns: 0 };
  for (const { all, masked } of rows) {
    total.runs += Math.max(0, all.length - FIRST_RUN + 1);
    total.maskedRuns += Math.max(0, masked.length - FIRST_RUN + 1);
    if (!all.includes(true)) continue;
    total.real += episodes(all, says);
    for (let i = 0; i < SHUFFLES; i += 1) total.shuffled += episodes(shuffled(all, random), says) / SHUFFLES;
    total.masked += episodes(masked, says);
  }
  const perMillion = (count: number, runs: number): number => (1e6 * count) / runs;
  return {
    real: perMillion(total.real, total.runs),
    shuffled: perMillion(total.shuffled, total.runs),
    masked: perMillion(total.masked, total.maskedRuns),
  };
}

function episodes(failed: readonly boolean[], says: Detector['says']): number {
  let count = 0;
  let isOn = false;
  for (let n = FIRST_RUN; n <= failed.length; n += 1) {
    const on = says(failed.slice(0, n));
    if (on && !isOn) count += 1;
    isOn = on;
  }
  return count;
}
