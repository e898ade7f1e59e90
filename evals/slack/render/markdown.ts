// Markdown as Slack shows it in its markdown block and in streams: headings, lists, quotes, code, tables, paragraphs.
import type { World } from '../world.ts';
import { html, join, type Html } from './html.ts';
import { inMarkdown } from './inline.ts';

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^```/, 'fence'],
  [/^#{1,6} /, 'heading'],
  [/^(?:-{3,}|\*{3,})$/, 'rule'],
  [/^> ?/, 'quote'],
  [/^ {0,8}[-*] /, 'list'],
  [/^ {0,8}\d{1,3}[.)] /, 'numbers'],
  [/^\|/, 'table'],
  [/^\s*$/, 'nothing'],
];
const kindOf = (line: string): string => KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? 'text';

/** A whole text. */
export function markdown(world: World, text: string): Html {
  const lines = text.split('\n');
  const pieces: Html[] = [];
  let at = 0;
  while (at < lines.length) {
    const kind = kindOf(lines[at] ?? '');
    let end = at + 1;
    if (kind === 'fence') {
      while (end < lines.length && !lines[end]?.startsWith('```')) end += 1;
      pieces.push(html`<pre>${lines.slice(at + 1, end).join('\n')}</pre>`);
      at = end + 1;
      continue;
    }
    if (kind !== 'heading' && kind !== 'rule') while (end < lines.length && kindOf(lines[end] ?? '') === kind) end += 1;
    pieces.push(piece(world, kind, lines.slice(at, end)));
    at = end;
  }
  return join(pieces);
}

function piece(world: World, kind: string, lines: readonly string[]): Html {
  const inner = (line: string): Html => inMarkdown(world, line);
  const items = (pattern: RegExp): Html =>
    join(lines.map((line) => html`<li>${inner(line.replace(pattern, ''))}</li>`));
  switch (kind) {
    case 'heading':
      return html`<div class="heading">${inner((lines[0] ?? '').replace(/^#{1,6} /, ''))}</div>`;
    case 'rule':
      return html`<hr />`;
    case 'quote':
      return html`<blockquote>${inner(lines.map((line) => line.replace(/^> ?/, '')).join('\n'))}</blockquote>`;
    case 'list':
      return html`<ul>
        ${items(/^ {0,8}[-*] /)}
      </ul>`;
    case 'numbers':
      return html`<ol>
        ${items(/^ {0,8}\d{1,3}[.)] /)}
      </ol>`;
    case 'table': {
      const [head = '', ...body] = lines.filter((line) => !/^[|:\- ]+$/.test(line));
      const row = (line: string, tag: 'th' | 'td'): Html =>
        join(cells(line).map((cell) => (tag === 'th' ? html`<th>${inner(cell)}</th>` : html`<td>${inner(cell)}</td>`)));
      return html`<table>
        <tr>
          ${row(head, 'th')}
        </tr>
        ${body.map(
          (line) =>
            html`<tr>
              ${row(line, 'td')}
            </tr>`,
        )}
      </table>`;
    }
    case 'nothing':
      return html``;
    default:
      return html`<p>${inner(lines.join('\n'))}</p>`;
  }
}
