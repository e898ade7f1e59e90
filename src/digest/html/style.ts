// How the report looks: light and dark, on a phone and on paper, without anything from elsewhere.

export const STYLE = `
:root { color-scheme: light dark; --ink: #1f2933; --muted: #52606d; --ground: #ffffff; --soft: #f4f6f8; --line: #d5dbe1;
  --red: #a50f2b; --amber: #8a4a00; --green: #1f6f5c; --link: #12508f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf0; --muted: #a7b3bf; --ground: #14181d; --soft: #1d232a; --line: #36404a;
    --red: #ff8a9a; --amber: #ffb454; --green: #6fd3b5; --link: #8fc4ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, 'DejaVu Sans', Verdana, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
.muted { color: var(--muted); font-size: .875rem; }
.opening { font-size: 1.1rem; margin: .75rem 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; margin: .75rem 0; }
article { border: 1px solid var(--line); border-left: 5px solid var(--muted); border-radius: 4px; padding: .75rem 1rem;
  margin: 0 0 .75rem; break-inside: avoid; }
.broke, .new-test-failing { border-left-color: var(--red); }
.infrastructure, .still-failing { border-left-color: var(--amber); }
.recovered { border-left-color: var(--green); }
article ul { margin: .5rem 0; padding-left: 1.25rem; }
pre { background: var(--soft); padding: .5rem .75rem; margin: .5rem 0; overflow-x: auto; white-space: pre-wrap;
  font: .8125rem/1.45 ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; border-radius: 4px; }
summary { cursor: pointer; color: var(--link); padding: .25rem 0; }
img { max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
.picture { overflow-x: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: .25rem 0; cursor: pointer;
  text-align: left; }
th[aria-sort=ascending] button::after { content: ' \\2191'; }
th[aria-sort=descending] button::after { content: ' \\2193'; }
.failing { color: var(--red); font-weight: 600; }
.flaky { color: var(--amber); }
.passing { color: var(--green); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 40rem) { body { font-size: 15px; } .picture img { max-width: none; width: 52rem; } }
@media print {
  :root { --ink: #000; --muted: #444; --ground: #fff; --soft: #f4f4f4; --line: #bbb; --link: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav { display: none; }
  .picture img { width: 100%; }
}
`;

/** Tables are sorted by a click on a column's head: by the cell's \`data-value\` where it has one. */
export const SCRIPT = `
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.firstElementChild.addEventListener('click', () => {
    const up = head.getAttribute('aria-sort') !== 'ascending';
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const compare = (a, b) => value(a).localeCompare(value(b), 'en', { numeric: true });
    body.append(...[...body.rows].sort((a, b) => (up ? 1 : -1) * compare(a, b)));
    for (const other of heads) other.setAttribute('aria-sort', other === head ? (up ? 'ascending' : 'descending') : 'none');
  }));
}
addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details')) part.open = true; });
`;
