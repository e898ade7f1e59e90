import { describe, expect, it } from 'vitest';
import { amount, count, share } from '../../evals/assistant/figures.ts';
import { faultsOf, raised, tableOf } from '../../evals/assistant/scoreboard.ts';

const good = share('a', 'A', 95, 100, { bar: 0.9 });
const scores = { a: { value: 0.95, n: 100 } };

describe('the scoreboard', () => {
  it('finds nothing wrong with what is as it was', () => {
    expect(faultsOf([good], scores, true, true)).toEqual([]);
  });

  it.each([
    ['a missed bar', [share('a', 'A', 80, 100, { bar: 0.9 })], {}],
    ['a fallen share', [share('a', 'A', 94, 100, { bar: 0.9 })], scores],
    ['fewer cases', [share('a', 'A', 50, 50, { bar: 0.9 })], scores],
    ['a risen count', [count('b', 'B', 1, 100, null)], { b: { value: 0, n: 100 } }],
    ['a risen size', [amount('c', 'C', 104, 10, { slack: 0.03 })], { c: { value: 100, n: 10 } }],
    ['a lost figure', [], scores],
  ])('finds %s', (_, figures, known) => {
    expect(faultsOf(figures, known, true, true)).toHaveLength(1);
  });

  it('lets a size vary by its slack, and figures be absent whose data is', () => {
    const size = amount('c', 'C', 102, 10, { slack: 0.03 });

    expect(faultsOf([size], { c: { value: 100, n: 10 }, 'recorded-x': { value: 1, n: 9 } }, true, false)).toEqual([]);
    expect(faultsOf([share('a', 'A', 1, 100, { better: null })], scores, true, true)).toEqual([]);
    expect(faultsOf([good], { ...scores, lost: { value: 1, n: 9 } }, false, true)).toEqual([]);
  });

  it('writes down what is better, and keeps the best', () => {
    const better = share('a', 'A', 97, 100);

    expect(raised([better], scores)).toEqual({ a: { value: 0.97, n: 100 } });
    expect(raised([good], { a: { value: 0.96, n: 100 } })).toEqual({ a: { value: 0.96, n: 100 } });
  });

  it('is one table', () => {
    expect(tableOf([good, count('b', 'B', 0, 1_000)])).toMatchInlineSnapshot(`
      "| figure |  value |    n |    95 % interval | bar      |     |
      | ------ | -----: | ---: | ---------------: | -------- | --- |
      | A      | 95.0 % |  100 | 89.4 % to 98.1 % | ≥ 90.0 % | ok  |
      | B      |      0 | 1000 |  0.0 % to 0.25 % | 0        | ok  |"
    `);
  });
});
