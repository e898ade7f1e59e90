// Blocks as Slack shows them.
import { isFields, type Fields } from '../schema.ts';
import type { World } from '../world.ts';
import { element, image } from './elements.ts';
import { html, join, link, type Html } from './html.ts';
import { mrkdwn } from './inline.ts';
import { markdown } from './markdown.ts';
import { rich } from './rich.ts';
import { items, said, text } from './texts.ts';

/** All blocks of a message or of a view; `errors` are what is told beneath inputs. */
export const renderBlocks = (world: World, blocks: readonly Fields[], errors: Fields = {}): Html =>
  join(blocks.map((one) => block(world, one, errors)));

function block(world: World, one: Fields, errors: Fields): Html {
  const type = said(one['type']);
  switch (type) {
    case 'section':
      return section(world, one);
    case 'header':
      return html`<div class="header">${text(world, one['text'])}</div>`;
    case 'divider':
      return html`<hr />`;
    case 'context':
      return html`<div class="context">
        ${items(one['elements']).map((part) =>
          part['type'] === 'image' ? image(world, part, 'tiny') : html`<span>${text(world, part)}</span>`,
        )}
      </div>`;
    case 'actions':
    case 'context_actions':
      return html`<div class="${type}">${items(one['elements']).map((part) => element(world, part))}</div>`;
    case 'image':
      return html`<figure>
        ${isFields(one['title']) ? html`<figcaption>${text(world, one['title'])}</figcaption>` : null}${image(world, one, 'large')}
      </figure>`;
    case 'input':
      return html`<label class="input"
        ><span>${text(world, one['label'])}${one['optional'] === true ? ' (optional)' : ''}</span>${
          isFields(one['element']) ? element(world, one['element']) : null
        }${isFields(one['hint']) ? html`<small>${text(world, one['hint'])}</small>` : null}${errorOf(one, errors)}</label
      >`;
    case 'markdown':
      return html`<div class="markdown">${markdown(world, said(one['text']))}</div>`;
    case 'rich_text':
      return rich(world, one);
    case 'table':
    case 'data_table':
      return table(world, one);
    case 'task_card':
      return task(world, one);
    case 'plan':
      return html`<div class="plan">
        <div class="plan-title">${said(one['title'])}</div>
        ${items(one['tasks']).map((part) => task(world, part))}
      </div>`;
    case 'alert':
      return html`<div class="alert ${said(one['level']) || 'default'}">${text(world, one['text'])}</div>`;
    case 'card':
      return card(world, one);
    case 'carousel':
      return html`<div class="carousel">${items(one['elements']).map((part) => card(world, part))}</div>`;
    case 'container':
      return html`<div class="container">
        <b>${isFields(one['rich_text_title']) ? rich(world, one['rich_text_title']) : text(world, one['title'])}</b>
        <small>${text(world, one['subtitle'])}</small>${renderBlocks(world, items(one['child_blocks']), errors)}
      </div>`;
    case 'data_visualization':
      return chart(one);
    default:
      return html`<div class="unknown">${type}</div>`;
  }
}

const errorOf = (one: Fields, errors: Fields): Html | null => {
  const error = said(errors[said(one['block_id'])]);
  return error === '' ? null : html`<em class="error">${error}</em>`;
};

function section(world: World, one: Fields): Html {
  const fields = items(one['fields']);
  const side = isFields(one['accessory']) ? one['accessory'] : null;
  const shown = side?.['type'] === 'image' ? image(world, side, 'small') : side && element(world, side);
  return html`<div class="section">
    <div class="grow">
      ${isFields(one['text']) ? html`<div>${text(world, one['text'])}</div>` : null}${
        fields.length > 0
          ? html`<div class="fields">${fields.map((field) => html`<div>${text(world, field)}</div>`)}</div>`
          : null
      }
    </div>
    ${shown}
  </div>`;
}

function table(world: World, one: Fields): Html {
  const rows = Array.isArray(one['rows']) ? one['rows'].map(items) : [];
  const cell = (value: Fields): Html =>
    value['type'] === 'rich_text' ? rich(world, value) : html`${said(value['text'])}`;
  const caption = said(one['caption']);
  return html`<table>
    ${
      caption === ''
        ? null
        : html`<caption>
            ${caption}
          </caption>`
    }${rows.map((row, index) =>
      index === 0
        ? html`<tr>
            ${row.map((value) => html`<th>${cell(value)}</th>`)}
          </tr>`
        : html`<tr>
            ${row.map((value) => html`<td>${cell(value)}</td>`)}
          </tr>`,
    )}
  </table>`;
}

const MARKS: Record<string, string> = { pending: '○', in_progress: '◐', complete: '✓', error: '✕' };

function task(world: World, one: Fields): Html {
  const status = said(one['status']);
  const details = ['details', 'output'].map((name) => one[name]).filter(isFields);
  const sources = items(one['sources']);
  return html`<div class="task ${status}">
    <span class="mark" title="${status}">${MARKS[status] ?? '·'}</span>
    <div>
      ${said(one['title'])}${details.map((part) => html`<div class="detail">${rich(world, part)}</div>`)}${
        sources.length > 0
          ? html`<div class="sources">${sources.map((part) => link(said(part['url']), said(part['text'])))}</div>`
          : null
      }
    </div>
  </div>`;
}

function card(world: World, one: Fields): Html {
  const [hero, icon] = [one['hero_image'], one['icon']];
  return html`<div class="card">
    ${isFields(hero) ? image(world, hero, 'large') : null}
    <div class="card-head">
      ${isFields(icon) ? image(world, icon, 'tiny') : null}
      <div><b>${text(world, one['title'])}</b><small>${text(world, one['subtitle'])}</small></div>
    </div>
    <div>${text(world, one['body'])}</div>
    <div class="actions">${items(one['actions']).map((part) => element(world, part))}</div>
  </div>`;
}

/** A chart as labelled bars: what is in it, not how Slack draws it. */
function chart(one: Fields): Html {
  const drawn = isFields(one['chart']) ? one['chart'] : {};
  const series = drawn['type'] === 'pie' ? [{ name: '', data: drawn['segments'] }] : items(drawn['series']);
  const points = series.flatMap((part) => items(part['data']).map((point) => ({ name: said(part['name']), point })));
  const top = Math.max(1, ...points.map(({ point }) => Number(point['value'])));
  return html`<div class="chart">
    <b>${said(one['title'])}</b>
    ${points.map(
      ({ name, point }) =>
        html`<div class="bar">
          <span>${[name, said(point['label'])].filter((label) => label !== '').join(' · ')}</span
          ><i style="width:${Math.round((Number(point['value']) / top) * 200)}px"></i>${said(point['value'])}
        </div>`,
    )}
  </div>`;
}

/** A legacy attachment, or the card of a link: blocks, or a title with a text, beside a bar. */
export function attachment(world: World, one: Fields): Html {
  const color = /^#[0-9a-fA-F]{3,6}$/.test(said(one['color'])) ? said(one['color']) : '#d0d0d0';
  const title = said(one['title']);
  return html`<div class="attachment" style="border-color:${color}">
    ${title === '' ? null : html`<div><b>${link(said(one['title_link']), title)}</b></div>`}${
      said(one['text']) === '' ? null : html`<div>${mrkdwn(world, said(one['text']))}</div>`
    }${renderBlocks(world, items(one['blocks']))}
  </div>`;
}
