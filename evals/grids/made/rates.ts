// True flake rates to draw from: of 22,000 tests run 10,000 times each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The failure rates of the tests that both failed and passed. */
export function flakeRates(shared: string): number[] {
  const lines = readFileSync(join(shared, 'data/flaky/flakeflagger_test_results.csv'), 'utf8').split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, , , failing, passing] = line.split(',').map(Number);
    return failing !== undefined && passing !== undefined && failing > 0 && passing > 0
      ? [failing / (failing + passing)]
      : [];
  });
}
