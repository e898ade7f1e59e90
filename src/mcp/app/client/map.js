// The heat map: a table with a row a test and a column a run, oldest first, a section for every class.
import { make } from './dom.js';
import { EVENTS, plural, SIGNS, ticksOf, timeWords, toneOf, WHOLE } from './words.js';

/** @import { Column, Page, Row } from './data.js' */
/** What an element of the map is about. @typedef {{ row: Row | null, at: number | null }} Spot */
/** @typedef {{ table: HTMLTableElement, sections: Map<string, HTMLElement>, spotOf: (cell: Element) => Spot | null }} HeatMap */

/** @param {Page} page @returns {HeatMap} */
export function heatMap(page) {
  const table = make('table', '', '', { role: 'grid', 'aria-label': `${page.grid}: tests by runs` });
  /** @type {Map<Element, Row>} */
  const rows = new Map();
  const columns = make('colgroup', '');
  columns.append(make('col', 'names'), ...page.columns.map((column) => make('col', eventOf(column)?.[0] ?? '')));
  const head = make('thead', '');
  head.append(datesOf(page), runsOf(page));
  table.append(columns, head);
  /** @type {Map<string, HTMLElement>} */
  const sections = new Map();
  for (const row of page.rows) {
    let section = sections.get(row.class);
    if (!section) {
      section = sectionOf(row.class, page);
      sections.set(row.class, section);
      table.append(section);
    }
    const line = lineOf(row, page);
    rows.set(line, row);
    section.append(line);
  }
  table.querySelector('.spot')?.setAttribute('tabindex', '0');
  /** @param {Element} cell @returns {Spot | null} */
  const spotOf = (cell) => {
    if (!(cell instanceof HTMLTableCellElement) || !cell.parentElement) return null;
    const row = rows.get(cell.parentElement) ?? null;
    const at = cell.cellIndex - 1;
    return row === null && at < 0 ? null : { row, at: at < 0 ? null : at };
  };
  return { table, sections, spotOf };
}

/** @param {Column} column */
const eventOf = (column) => EVENTS[column.class];

/** Dates; placed by {@link fit}. @param {Page} page */
function datesOf(page) {
  const line = make('tr', 'dates', '', { 'aria-hidden': 'true' });
  line.append(make('th', 'name', 'started, UTC'), make('td', 'dates', '', { colspan: `${page.columns.length}` }));
  return line;
}

/** A bar for the tests that failed in each run, above the strip of its event. @param {Page} page */
function runsOf(page) {
  const most = Math.max(1, ...page.columns.map(({ failed }) => failed));
  const line = make('tr', 'runs');
  line.append(make('th', 'name', `failed tests, at most ${most}`, { scope: 'col' }));
  for (const column of page.columns) {
    const event = eventOf(column);
    const words = `Run ${column.build}, ${timeWords(column.time)}: ${event ? `${event[1]}, ` : ''}${plural(column.failed, 'failed test')}`;
    const cell = make('th', `spot run ${event?.[0] ?? ''}`, '', { scope: 'col', tabindex: '-1', 'aria-label': words });
    cell.style.setProperty('--share', `${column.failed / most}`);
    line.append(cell);
  }
  return line;
}

/** @param {string} name @param {Page} page */
function sectionOf(name, page) {
  const section = make('tbody', name === WHOLE ? 'whole' : '');
  if (name === WHOLE) return section;
  const shown = page.rows.filter((row) => row.class === name).length;
  const count = page.classes.find((known) => known.class === name)?.count ?? shown;
  const line = make('tr', 'section');
  const title = make('th', '', '', { scope: 'rowgroup', colspan: `${page.columns.length + 1}` });
  const words = make('span', toneOf(name), name);
  words.append(make('span', 'quiet', count > shown ? ` ${shown} of ${count}` : ` ${count}`));
  title.append(words);
  line.append(title);
  section.append(line);
  return section;
}

/** @param {Row} row @param {Page} page */
function lineOf(row, page) {
  const line = make('tr', 'row');
  const name = make('th', 'spot name', '', { scope: 'row', tabindex: '-1' });
  const words = row.url === null ? make('span', 'words', row.short) : linkOf(row.short, row.url);
  const inner = make('div', '');
  inner.append(words, make('span', 'brief', row.brief));
  name.append(inner);
  line.append(name);
  page.columns.forEach((column, at) => {
    const [kind, word] = SIGNS[row.cells[at] ?? ' '] ?? ['none', 'no result'];
    const marks = [
      at === row.first ? 'first' : '',
      row.set && at >= row.set[0] && at <= row.set[1] ? 'in-set' : '',
    ].join(' ');
    const label = { tabindex: '-1', 'aria-label': `${word}, ${timeWords(column.time)}` };
    line.append(make('td', `spot ${kind} ${marks}`.trimEnd(), '', label));
  });
  return line;
}

/** @param {string} words @param {string} url */
const linkOf = (words, url) =>
  make('a', 'words', words, { href: url, target: '_blank', rel: 'noopener noreferrer', tabindex: '-1' });

const NARROWEST = 8;
const WIDEST = 22;
/** For fingers. */
const COARSE = 15;
const DATE = 46;

/** Gives the columns a width that fits, and the axis its dates. @param {HeatMap} map @param {Page} page @param {number} width */
export function fit({ table }, page, width) {
  table.style.setProperty('--runs', `${page.columns.length}`);
  table.style.setProperty('--pitch', `${WIDEST}px`);
  const least = matchMedia('(pointer: coarse)').matches ? COARSE : NARROWEST;
  const names = table.querySelector('tr.runs > th.name')?.getBoundingClientRect().width ?? 0;
  const room = Math.floor(((width - names - 2) / Math.max(1, page.columns.length)) * 2) / 2;
  const pitch = Math.max(least, Math.min(WIDEST, room));
  table.style.setProperty('--pitch', `${pitch}px`);
  const times = page.columns.map(({ time }) => time);
  const gap = Math.ceil(DATE / pitch);
  const ticks = ticksOf(times, gap).filter(({ at }) => at === 0 || at + gap <= times.length);
  const dates = ticks.map(({ at, label }) => {
    const date = make('span', '', label);
    date.style.left = `${at * pitch}px`;
    return date;
  });
  table.querySelector('td.dates')?.replaceChildren(...dates);
}
