// The page from its first message on: what the tool was asked, its result, and what a person asks next.
import { isError, pageIn, textIn } from './data.js';
import { byId, make } from './dom.js';
import { connect, host, onNotification, openLink, record, request } from './host.js';
import { applyContext, applyHeight, tellSize } from './look.js';
import { fit, heatMap } from './map.js';
import { hideHint, isPinned } from './hint.js';
import { listen } from './moves.js';
import { EVENTS, QUIET, SIGNS, toneOf, WHOLE } from './words.js';

/** @import { Page } from './data.js' */
/** @import { HeatMap } from './map.js' */

const MOST_RUNS = 200;
const MOST_ROWS = 100;

/** Arguments of the call. @type {Record<string, unknown>} */
let asked = {};
/** @type {{ page: Page, map: HeatMap } | null} */
let shown = null;
/** Classes that a person switched on or off. @type {Map<string, boolean>} */
const chosen = new Map();

/** A quiet line in place of the page. @param {string} words */
function note(words) {
  byId('note').textContent = words;
  byId('note').hidden = words === '';
}

/** @param {unknown} result */
function show(result) {
  hideHint();
  const page = pageIn(result);
  byId('app').hidden = page === null;
  byId('plain').hidden = page !== null;
  note('');
  if (page) draw(page);
  else {
    byId('plain').className = isError(result) ? 'error' : '';
    byId('plain').textContent = textIn(result) || 'The tool gave no text.';
  }
}

/** @param {Page} page */
function draw(page) {
  byId('state').textContent = page.state;
  byId('state').className = `state ${page.state.replaceAll(' ', '-')}`;
  const grid = byId('grid');
  grid.textContent = page.grid;
  if (page.url) grid.setAttribute('href', page.url);
  else grid.removeAttribute('href');
  byId('headline').textContent = page.headline;
  byId('size').textContent = page.size;
  byId('left').textContent = page.left.length === 0 ? '' : `Not here: ${page.left.join('; ')}.`;
  const map = heatMap(page);
  shown = { page, map };
  byId('map').replaceChildren(map.table);
  listen(map, page);
  drawChips(page, map);
  drawLegend(page);
  drawActions(page);
  layOut();
  // The newest runs are what the question is about.
  byId('map').scrollLeft = byId('map').scrollWidth;
}

/** @param {Page} page @param {HeatMap} map */
function drawChips(page, map) {
  const isAllQuiet = page.classes.every(({ class: name }) => QUIET.has(name));
  const chips = page.classes.map(({ class: name, count }) => {
    const section = map.sections.get(name);
    const isOn = section !== undefined && (chosen.get(name) ?? (isAllQuiet || !QUIET.has(name)));
    const chip = make('button', `chip ${toneOf(name)}`, name, { type: 'button', 'aria-pressed': `${isOn}` });
    chip.append(make('span', 'count', `${count}`));
    chip.disabled = section === undefined;
    if (section) section.hidden = !isOn;
    chip.addEventListener('click', () => {
      if (!section) return;
      section.hidden = !section.hidden;
      chosen.set(name, !section.hidden);
      chip.setAttribute('aria-pressed', `${!section.hidden}`);
      keepFocusable(map);
      layOut();
    });
    return chip;
  });
  byId('classes').replaceChildren(...chips);
  keepFocusable(map);
}

/** One cell that is to be seen takes the focus. @param {HeatMap} map */
function keepFocusable({ table }) {
  const current = table.querySelector('[tabindex="0"]');
  if (current && !current.closest('tbody[hidden]')) return;
  current?.setAttribute('tabindex', '-1');
  table.querySelector('tr.runs > .spot, tbody:not([hidden]) .spot')?.setAttribute('tabindex', '0');
}

/** Only what occurs. @param {Page} page */
function drawLegend(page) {
  /** @param {string} mark @param {string} words */
  const item = (mark, words) => {
    const line = make('li', '');
    line.append(make('i', `mark ${mark}`), make('span', '', words));
    return line;
  };
  const signs = new Set(page.rows.flatMap(({ cells }) => [...cells]));
  const events = new Set(page.columns.map((column) => column.class));
  byId('legend').replaceChildren(
    ...Object.entries(SIGNS).flatMap(([sign, [kind, word]]) =>
      kind !== 'none' && signs.has(sign) ? [item(kind, word)] : [],
    ),
    ...Object.entries(EVENTS).flatMap(([name, [kind, words]]) =>
      events.has(name) ? [item(`band ${kind}`, words)] : [],
    ),
    ...(page.rows.some(({ first }) => first !== null) ? [item('first', 'first failing run')] : []),
    ...(page.rows.some(({ set }) => set !== null) ? [item('in-set', 'the break is in these runs with 95 %')] : []),
  );
}

/** More of the grid, where the client lets the page ask; the whole window, where it has one to give. @param {Page} page */
function drawActions(page) {
  /** @type {HTMLElement[]} */
  const buttons = [];
  /** @param {string} words @param {() => unknown} act */
  const button = (words, act) => {
    const made = make('button', 'action', words, { type: 'button' });
    made.addEventListener('click', act);
    buttons.push(made);
  };
  if ('serverTools' in host.capabilities && typeof asked.job === 'string') {
    const runs = Math.min(MOST_RUNS, page.columns.length * 2);
    if (page.columns.length < Math.min(page.runs, MOST_RUNS)) button('More runs', () => ask({ ...asked, runs }));
    const { next } = page;
    if (next !== null) button('Next tests', () => ask({ ...asked, limit: MOST_ROWS, cursor: next }));
  }
  const { availableDisplayModes: modes, displayMode } = host.context;
  const mode = displayMode === 'fullscreen' ? 'inline' : 'fullscreen';
  if (Array.isArray(modes) && modes.includes(mode))
    button(mode === 'fullscreen' ? 'Full screen' : 'Inline', () =>
      request('ui/request-display-mode', { mode }).catch(() => undefined),
    );
  byId('actions').replaceChildren(...buttons);
}

/** @param {Record<string, unknown>} args */
async function ask(args) {
  byId('map').setAttribute('aria-busy', 'true');
  try {
    const result = await request('tools/call', { name: 'decode_grid', arguments: args });
    if (pageIn(result)) {
      asked = args;
      show(result);
    } else note(textIn(result).slice(0, 300) || 'The grid did not come.');
  } catch {
    note('The client did not make this call.');
  } finally {
    byId('map').removeAttribute('aria-busy');
  }
}

function layOut() {
  if (!shown) return;
  byId('map').classList.toggle(
    'bare',
    [...shown.map.sections].every(([name, section]) => section.hidden || name === WHOLE),
  );
  fit(shown.map, shown.page, byId('map').clientWidth);
  applyHeight();
}

byId('grid').addEventListener('click', (event) => {
  event.preventDefault();
  openLink(shown?.page.url ?? null);
});
byId('map').addEventListener('scroll', hideHint, { passive: true });
window.addEventListener('resize', layOut);
window.addEventListener('pointerdown', ({ target }) => {
  if (isPinned() && !(target instanceof Node && byId('hint').contains(target))) hideHint();
});
onNotification('ui/notifications/tool-input', (params) => {
  asked = record(params.arguments);
  if (shown) drawActions(shown.page);
});
onNotification('ui/notifications/tool-result', show);
onNotification('ui/notifications/tool-cancelled', () => {
  if (!shown) note('The call was cancelled: there is no grid.');
});
onNotification('ui/notifications/host-context-changed', (params) => {
  host.context = { ...host.context, ...params };
  applyContext();
  if (shown) drawActions(shown.page);
  layOut();
});
connect().then(
  () => {
    applyContext();
    tellSize();
    if (shown) drawActions(shown.page);
    layOut();
  },
  () => note('The client did not answer.'),
);
