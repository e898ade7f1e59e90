// What a cell, a name or a run says: beside it, for the pointer and for the focus.
import { byId, make } from './dom.js';
import { openLink } from './host.js';
import { EVENTS, plural, SIGNS, timeWords, WHOLE } from './words.js';

/** @import { Column, Page, Row } from './data.js' */
/** @import { Spot } from './map.js' */

const EDGE = 8;

/** @param {Spot} spot @param {Page} page @returns {string | null} */
export const urlOf = ({ row, at }, page) => (at === null ? (row?.url ?? null) : (page.columns[at]?.url ?? null));

/** Shows what is at a cell. @param {Element} cell @param {Spot} spot @param {Page} page @param {boolean} forFinger with its link */
export function showHint(cell, spot, page, forFinger) {
  const hint = byId('hint');
  const column = spot.at === null ? undefined : page.columns[spot.at];
  /** @type {HTMLElement[]} */
  const parts = column ? aboutRun(spot, column) : spot.row ? aboutRow(spot.row, page) : [];
  const url = urlOf(spot, page);
  if (url !== null) {
    const words = spot.at === null ? 'the row in TestGrid' : 'the run';
    const link = make(forFinger ? 'button' : 'p', 'go', `${forFinger ? 'Open' : 'Click opens'} ${words}`);
    if (forFinger) link.addEventListener('click', () => openLink(url));
    parts.push(link);
  }
  hint.replaceChildren(...parts);
  hint.classList.toggle('pinned', forFinger);
  hint.hidden = false;
  place(hint, cell.getBoundingClientRect());
  if (cell === document.activeElement) cell.setAttribute('aria-describedby', 'hint');
}

/** Whether a finger's hint is shown. */
export const isPinned = () => !byId('hint').hidden && byId('hint').classList.contains('pinned');

export const hideHint = () => {
  byId('hint').hidden = true;
};

/** @param {Spot} spot @param {Column} column */
function aboutRun({ row, at }, column) {
  const [kind, word] = SIGNS[row?.cells[at ?? -1] ?? ' '] ?? ['none', 'no result'];
  const event = EVENTS[column.class];
  const parts = [];
  const first = make('p', '');
  if (row) first.append(make('i', `mark ${kind}`), make('b', '', word));
  else first.append(make('b', '', event ? event[1] : plural(column.failed, 'failed test')));
  first.append(make('span', 'quiet', timeWords(column.time)));
  parts.push(first);
  if (row) parts.push(make('p', 'of', row.name));
  parts.push(make('p', 'quiet', `run ${column.build || 'without id'}`));
  if (event)
    parts.push(make('p', `event ${event[0]}`, [row ? event[1] : '', ...column.reasons].filter(Boolean).join(': ')));
  if (!row && event) parts.push(make('p', 'quiet', plural(column.failed, 'failed test')));
  if (row && at === row.first) parts.push(make('p', '', 'the first failing run'));
  const message = row?.says.get(at ?? -1);
  if (message !== undefined) parts.push(make('p', 'message', message));
  return parts;
}

/** @param {Row} row @param {Page} page */
function aboutRow(row, page) {
  const parts = [make('p', 'of', row.name)];
  if (row.class === WHOLE) return parts;
  const sure = row.confidence === null ? '' : `${Math.round(row.confidence * 100)} % sure`;
  const first = make('p', '');
  first.append(make('b', '', row.class), make('span', 'quiet', [row.figure, sure].filter(Boolean).join(' · ')));
  parts.push(first, ...row.reasons.map((reason) => make('p', 'reason', reason)));
  const others = row.group === null ? 0 : page.rows.filter(({ group }) => group === row.group).length - 1;
  if (others > 0) parts.push(make('p', '', `fails in the same runs as ${plural(others, 'other test')} here`));
  return parts;
}

/** Below the cell, above it, or beside it, where it fits; else where most room is. @param {HTMLElement} hint @param {DOMRect} at */
function place(hint, at) {
  const { innerWidth, innerHeight } = window;
  hint.style.maxHeight = '';
  const { offsetWidth: width, offsetHeight: height } = hint;
  const below = innerHeight - at.bottom - EDGE;
  const above = at.top - EDGE;
  const left = at.left - 2 * EDGE - width;
  const isBeside = height > below && height > above && height < innerHeight && left > 0;
  const isBelow = height <= below || (height > above && below >= above);
  const room = isBeside ? innerHeight : isBelow ? below : above;
  hint.style.maxHeight = `${Math.max(40, room - 2)}px`;
  const top = isBeside ? innerHeight - height : isBelow ? at.bottom + EDGE : at.top - EDGE - hint.offsetHeight;
  const middle = (at.left + Math.min(at.right, innerWidth)) / 2 - width / 2;
  hint.style.top = `${Math.max(2, Math.min(top, isBeside ? at.top : top))}px`;
  hint.style.left = `${Math.max(EDGE, isBeside ? left + EDGE : Math.min(middle, innerWidth - width - EDGE))}px`;
}
