// rich_text as Slack shows it: sections, lists, quotes and preformatted text made of styled pieces.
import { isFields, type Fields } from '../schema.ts';
import type { World } from '../world.ts';
import { html, join, link, type Html } from './html.ts';
import { mention } from './inline.ts';
import { items, said } from './texts.ts';

/** A rich_text block. */
export const rich = (world: World, block: Fields): Html =>
  join(items(block['elements']).map((part) => show(world, part)));

function show(world: World, part: Fields): Html {
  const inside = join(items(part['elements']).map((element) => show(world, element)));
  switch (part['type']) {
    case 'rich_text_section':
      return html`<div class="lines">${inside}</div>`;
    case 'rich_text_quote':
      return html`<blockquote>${inside}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${inside}</pre>`;
    case 'rich_text_list': {
      const entries = items(part['elements']).map((element) => html`<li>${show(world, element)}</li>`);
      return part['style'] === 'ordered'
        ? html`<ol>
            ${entries}
          </ol>`
        : html`<ul>
            ${entries}
          </ul>`;
    }
    default:
      return styled(part['style'], piece(world, part));
  }
}

function piece(world: World, part: Fields): Html {
  switch (part['type']) {
    case 'link':
      return link(said(part['url']), said(part['text']) || said(part['url']));
    case 'user':
      return mention(world, said(part['user_id']));
    case 'channel':
      return html`<span class="mention">#${world.channels.get(said(part['channel_id']))?.name}</span>`;
    case 'broadcast':
      return html`<span class="mention loud">@${said(part['range'])}</span>`;
    case 'usergroup':
      return html`<span class="mention loud">@${said(part['usergroup_id'])}</span>`;
    case 'emoji':
      return html`:${said(part['name'])}:`;
    case 'date':
      return html`${said(part['fallback']) || said(part['timestamp'])}`;
    default:
      return html`${said(part['text']) || said(part['value'])}`;
  }
}

function styled(style: unknown, inner: Html): Html {
  if (!isFields(style)) return inner;
  let shown = inner;
  if (style['code'] === true) shown = html`<code>${shown}</code>`;
  if (style['bold'] === true) shown = html`<b>${shown}</b>`;
  if (style['italic'] === true) shown = html`<i>${shown}</i>`;
  if (style['strike'] === true) shown = html`<s>${shown}</s>`;
  return shown;
}
