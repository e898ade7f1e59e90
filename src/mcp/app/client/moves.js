// Pointer and keyboard on the map: hints, links, and one focus that arrow keys move.
import { openLink } from './host.js';
import { hideHint, isPinned, showHint, urlOf } from './hint.js';

/** @import { Page } from './data.js' */
/** @import { HeatMap } from './map.js' */

/** Rows of a page up or down. */
const FAR = 10;

/** @param {HeatMap} map @param {Page} page */
export function listen(map, page) {
  const { table, spotOf } = map;
  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  const cellAt = (target) => (target instanceof Element ? target.closest('.spot') : null);
  /** @param {HTMLElement} cell @param {boolean} forFinger */
  const show = (cell, forFinger) => {
    const spot = spotOf(cell);
    if (!spot) return;
    mark(map, cell);
    showHint(cell, spot, page, forFinger);
  };
  const hide = () => {
    mark(map, null);
    hideHint();
  };
  table.addEventListener('pointerover', ({ target, pointerType }) => {
    const cell = cellAt(target);
    if (pointerType === 'touch') return;
    if (cell) show(cell, false);
    else hide();
  });
  table.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') hide();
  });
  table.addEventListener('focusin', ({ target }) => {
    const cell = cellAt(target);
    if (cell?.matches(':focus-visible')) show(cell, false);
  });
  // The link in a finger's hint takes the focus: that hint goes with the next touch elsewhere.
  table.addEventListener('focusout', () => {
    if (!isPinned()) hide();
  });
  table.addEventListener('click', (event) => {
    const cell = cellAt(event.target);
    const spot = cell ? spotOf(cell) : null;
    if (!cell || !spot) return;
    event.preventDefault();
    focus(table, cell);
    // The finger has no hover: its first touch tells, the link in the hint opens.
    if (event instanceof PointerEvent && event.pointerType === 'touch') show(cell, true);
    else openLink(urlOf(spot, page));
  });
  table.addEventListener('keydown', (event) => {
    const cell = cellAt(event.target);
    if (!cell || event.altKey || event.metaKey) return;
    const spot = spotOf(cell);
    if (event.key === 'Escape') hide();
    else if ((event.key === 'Enter' || event.key === ' ') && spot) openLink(urlOf(spot, page));
    else {
      const to = target(table, cell, event);
      if (!to) return;
      focus(table, to);
      to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      show(to, false);
    }
    event.preventDefault();
  });
}

/** The run of a cell in the head, and the tests that fail with its test. @param {HeatMap} map @param {HTMLElement | null} cell */
function mark({ table, spotOf }, cell) {
  for (const marked of table.querySelectorAll('.at, .kin')) marked.classList.remove('at', 'kin');
  const spot = cell ? spotOf(cell) : null;
  if (!spot) return;
  if (spot.at !== null) table.querySelector('tr.runs')?.children[spot.at + 1]?.classList.add('at');
  const group = spot.row?.group ?? null;
  if (group === null) return;
  for (const name of table.querySelectorAll('tr.row > th.name'))
    if (spotOf(name)?.row?.group === group) name.classList.add('kin');
}

/** @param {HTMLElement} table @param {HTMLElement} cell */
function focus(table, cell) {
  table.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
  cell.focus({ preventScroll: true });
}

/** The cell that a key leads to. @param {HTMLElement} table @param {HTMLElement} cell @param {KeyboardEvent} event @returns {HTMLElement | null} */
function target(table, cell, { key, ctrlKey }) {
  const lines = [...table.querySelectorAll('tr.runs, tbody:not([hidden]) > tr.row')];
  const line = cell.parentElement;
  const y = line ? lines.indexOf(line) : -1;
  const x = line ? [...line.children].indexOf(cell) : -1;
  const last = lines.length - 1;
  /** @type {Record<string, [x: number, y: number]>} */
  const moves = {
    ArrowLeft: [x - 1, y],
    ArrowRight: [x + 1, y],
    ArrowUp: [x, y - 1],
    ArrowDown: [x, y + 1],
    Home: [0, ctrlKey ? 0 : y],
    End: [Infinity, ctrlKey ? last : y],
    PageUp: [x, y - FAR],
    PageDown: [x, y + FAR],
  };
  const to = moves[key];
  if (!to) return null;
  const cells = lines[Math.max(0, Math.min(last, to[1]))]?.children ?? [];
  const found = cells[Math.max(0, Math.min(cells.length - 1, to[0]))];
  return found instanceof HTMLElement && found.matches('.spot') ? found : cell;
}
