// The data of a grid as the server made it (src/tooling/grid-page.ts), read with care: it came through other hands.
import { isWeb, record } from './host.js';

/** @typedef {{ build: string, time: number | null, class: string, reasons: string[], failed: number, url: string | null }} Column */
/**
 * @typedef {{
 *   name: string, short: string, class: string, confidence: number | null, figure: string, brief: string,
 *   reasons: string[], cells: string, url: string | null, group: number | null, first: number | null,
 *   set: [number, number] | null, says: Map<number, string>
 * }} Row
 */
/**
 * @typedef {{
 *   grid: string, url: string | null, state: string, headline: string, size: string, columns: Column[], rows: Row[],
 *   classes: { class: string, count: number }[], runs: number, next: string | null, left: string[]
 * }} Page
 */

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');
/** @param {unknown} value */
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
/** @param {unknown} value @returns {unknown[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** @param {unknown} value */
const texts = (value) => list(value).map(text);
/** @param {string} url */
const webOnly = (url) => (isWeb(url) ? url : null);

/** The page's data in the result of a tool; null where there is none. @param {unknown} result @returns {Page | null} */
export function pageIn(result) {
  const data = record(record(record(result)._meta)['whyred/page']);
  if (data.version !== 1) return null;
  const [runUrl, rowUrl, messages] = [text(data.runUrl), text(data.rowUrl), texts(data.messages)];
  return {
    grid: text(data.grid),
    url: webOnly(text(data.url)),
    state: text(data.state),
    headline: text(data.headline),
    size: text(data.size),
    columns: list(data.columns)
      .map(record)
      .map((column) => columnOf(column, runUrl)),
    rows: list(data.rows)
      .map(record)
      .map((row) => rowOf(row, rowUrl, messages)),
    classes: list(data.classes)
      .map(record)
      .map(({ class: name, count }) => ({ class: text(name), count: number(count) ?? 0 })),
    runs: number(data.runs) ?? 0,
    next: text(data.next) || null,
    left: texts(data.left),
  };
}

/** @param {Record<string, unknown>} column @param {string} runUrl @returns {Column} */
function columnOf({ build: id, time, class: name, reasons, failed }, runUrl) {
  const build = text(id);
  return {
    build,
    time: number(time),
    class: text(name),
    reasons: texts(reasons),
    failed: number(failed) ?? 0,
    url: /^\d{1,20}$/.test(build) ? webOnly(runUrl && runUrl + build) : null,
  };
}

/** @param {Record<string, unknown>} row @param {string} rowUrl @param {string[]} messages @returns {Row} */
function rowOf(row, rowUrl, messages) {
  const [from, to] = list(row.set).map(number);
  const filter = text(row.filter);
  const says = Object.entries(record(row.says)).flatMap(([at, index]) => {
    const message = messages[number(index) ?? -1];
    return message === undefined ? [] : [/** @type {const} */ ([Number(at), message])];
  });
  return {
    name: text(row.name),
    short: text(row.short) || text(row.name),
    class: text(row.class),
    confidence: number(row.confidence),
    figure: text(row.figure) || text(row.brief),
    brief: text(row.brief),
    reasons: texts(row.reasons),
    cells: text(row.cells),
    url: filter === '' ? null : webOnly(rowUrl + filter),
    group: number(row.group),
    first: number(row.first),
    set: from == null || to == null ? null : [from, to],
    says: new Map(says),
  };
}

/** The text of a result, for what is not a grid. @param {unknown} result */
export const textIn = (result) =>
  list(record(result).content)
    .map(record)
    .filter(({ type }) => type === 'text')
    .map((block) => text(block.text))
    .join('\n');

/** Whether a result says that a tool failed. @param {unknown} result */
export const isError = (result) => record(result).isError === true;
