// The trend: each day's share of testable runs that passed, as bars with the number of runs in words.
import { element, escapeText } from '../../answer/heatmap/svg/markup.ts';
import type { DayCount } from '../digest.ts';

const WIDTH = 640;
const HEIGHT = 120;
const BASE = 96;
const TOP = 8;
const LEFT = 36;

/** An SVG in the page's colours. Days without a testable run have no bar. */
export function trendChart(days: readonly DayCount[]): string {
  const step = (WIDTH - LEFT) / Math.max(1, days.length);
  const bars = days.map(({ day, passed, testable }, i) => {
    const x = LEFT + i * step;
    const share = testable === 0 ? 0 : passed / testable;
    const height = share * (BASE - TOP);
    const words = testable === 0 ? `${day}: no testable run` : `${day}: ${passed} of ${testable} passed`;
    const bar = element('rect', {
      x: x + step * 0.15,
      y: BASE - height,
      width: step * 0.7,
      height,
      fill: share >= 0.9 ? 'var(--green)' : share >= 0.6 ? 'var(--amber)' : 'var(--red)',
    });
    const name = element(
      'text',
      { x: x + step / 2, y: HEIGHT - 8, 'font-size': 10, 'text-anchor': 'middle', fill: 'var(--muted)' },
      escapeText(day.slice(5)),
    );
    return element('g', {}, `<title>${escapeText(words)}</title>${testable === 0 ? '' : bar}${name}`);
  });
  const lines = [0, 0.5, 1].map((share) => {
    const y = BASE - share * (BASE - TOP);
    const line = element('line', { x1: LEFT, x2: WIDTH, y1: y, y2: y, stroke: 'var(--line)' });
    const text = element(
      'text',
      { x: LEFT - 6, y: y + 4, 'font-size': 10, 'text-anchor': 'end', fill: 'var(--muted)' },
      `${share * 100} %`,
    );
    return line + text;
  });
  const said = days.map(({ day, passed, testable }) => `${day} ${passed} of ${testable}`).join(', ');
  return element(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: 'img',
      'aria-label': `Testable runs that passed, a day: ${said}`,
      width: '100%',
    },
    [...lines, ...bars].join(''),
  );
}
