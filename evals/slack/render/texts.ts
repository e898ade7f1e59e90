// Reading the loose fields of blocks: lists of objects, strings, and text objects as they are shown.
import { isFields, type Fields } from '../schema.ts';
import type { World } from '../world.ts';
import { html, type Html } from './html.ts';
import { mrkdwn } from './inline.ts';

export const items = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
export const said = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : '';

/** A text object. */
export function text(world: World, value: unknown): Html {
  if (!isFields(value)) return html``;
  const content = said(value['text']);
  return value['type'] === 'mrkdwn' ? mrkdwn(world, content) : html`${content}`;
}
