// Elements of blocks as Slack shows them: buttons, menus, inputs, images.
import { isFields, type Fields } from '../schema.ts';
import type { World } from '../world.ts';
import { html, type Html } from './html.ts';
import { items, said, text } from './texts.ts';

/** Something to click on or to fill in. */
export function element(world: World, one: Fields): Html {
  const type = said(one['type']);
  switch (type) {
    case 'button':
    case 'workflow_button':
      return html`<button type="button" class="${said(one['style'])}" title="${said(one['action_id'])}">
        ${text(world, one['text'])}
      </button>`;
    case 'feedback_buttons':
      return html`${verdict(world, 'up', one['positive_button'])}${verdict(world, 'down', one['negative_button'])}`;
    case 'icon_button':
      return html`<button type="button" class="quiet">${text(world, one['text'])}</button>`;
    case 'overflow':
      return html`<button type="button" class="quiet" title="more">⋯</button>`;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return html`<span class="box ${one['multiline'] === true ? 'tall' : ''}"
        >${said(one['initial_value']) || text(world, one['placeholder'])}</span
      >`;
    case 'checkboxes':
    case 'radio_buttons': {
      const sign = type === 'checkboxes' ? '☐' : '○';
      return html`<span class="choices"
        >${items(one['options']).map((option) => html`<span>${sign} ${text(world, option['text'])}</span>`)}</span
      >`;
    }
    default: {
      const initial = isFields(one['initial_option']) ? one['initial_option']['text'] : one['placeholder'];
      return html`<span class="box">${text(world, initial)} ▾</span>`;
    }
  }
}

/** A thumb, drawn: not every machine has emoji. */
const THUMB = html`<svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
  <path
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linejoin="round"
    d="M2 7h2.5v7H2zM4.5 7 8 1.5c1.4 0 1.9 1 1.5 2.3L8.9 6H13c1 0 1.4.8 1.2 1.6l-1.3 5.2c-.2.8-.8 1.2-1.5 1.2H4.5"
  />
</svg>`;
const verdict = (world: World, which: 'up' | 'down', value: unknown): Html =>
  isFields(value)
    ? html`<button type="button" class="quiet ${which}" title="${said(value['value'])}">
        ${THUMB} ${text(world, value['text'])}
      </button>`
    : html``;

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif' };

/** The bytes of an uploaded image as an address; null where it is none. */
export function dataUrl(world: World, id: string): string | null {
  const file = world.uploads.get(id);
  const type = TYPES[file?.name.split('.').at(-1)?.toLowerCase() ?? ''];
  return file?.bytes && type ? `data:${type};base64,${file.bytes.toString('base64')}` : null;
}

/** An image with what it says to who cannot see it; one of elsewhere is named and not fetched. */
export function image(world: World, one: Fields, size: 'tiny' | 'small' | 'large'): Html {
  const alt = said(one['alt_text']);
  const file = isFields(one['slack_file']) ? one['slack_file'] : {};
  const id = said(file['id']) || (said(file['url']).split('/').at(-1) ?? '');
  const data = dataUrl(world, id);
  if (data !== null) return html`<img class="${size}" src="${data}" alt="${alt}" title="${alt}" />`;
  return size === 'large'
    ? html`<div class="elsewhere">${alt}<small>${said(one['image_url'])}</small></div>`
    : html`<span class="elsewhere ${size}" title="${alt} ${said(one['image_url'])}"></span>`;
}
