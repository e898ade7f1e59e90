// How the page looks and how large it is, as the client wants it.
import { byId } from './dom.js';
import { host, notify, record } from './host.js';

/** Where the rest takes nearly all of the height, the page scrolls instead. */
const LEAST = 300;
const INLINE = 560;

/** Theme, colours and fonts of the client, where it tells. */
export function applyContext() {
  const { theme, styles } = host.context;
  const { style } = document.documentElement;
  if (theme === 'light' || theme === 'dark') style.colorScheme = theme;
  for (const [name, value] of Object.entries(record(record(styles).variables)))
    if (/^--(?:color|font|border)-[a-z0-9-]{1,60}$/.test(name) && typeof value === 'string')
      style.setProperty(name, value);
  const { top, right, bottom, left } = record(host.context.safeAreaInsets);
  const insets = [top, right, bottom, left].map((inset) => (typeof inset === 'number' ? inset : 0));
  document.body.style.margin = insets.map((inset) => `${inset}px`).join(' ');
}

/** The map scrolls in what is left of the height that the client gives. */
export function applyHeight() {
  const { containerDimensions, displayMode } = host.context;
  const { height, maxHeight } = record(containerDimensions);
  const given = typeof height === 'number' ? height : typeof maxHeight === 'number' ? maxHeight : null;
  const map = byId('map');
  const others = document.body.offsetHeight - map.offsetHeight;
  const room = displayMode === 'fullscreen' ? (given ?? window.innerHeight) : given;
  map.style.maxHeight = `${room === null ? INLINE : Math.max(LEAST, room - others)}px`;
}

/** Tells the client how large the page is, whenever that changes. */
export function tellSize() {
  let [lastWidth, lastHeight] = [0, 0];
  const observer = new ResizeObserver(() => {
    const width = Math.ceil(window.innerWidth);
    const height = Math.ceil(document.body.getBoundingClientRect().bottom + window.scrollY);
    if (width === lastWidth && height === lastHeight) return;
    [lastWidth, lastHeight] = [width, height];
    notify('ui/notifications/size-changed', { width, height });
  });
  observer.observe(document.body);
}
