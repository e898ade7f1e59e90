// What a message shows, and the small parts that several of them have.
import { clip, safeText } from '../../ci/text.ts';
import { escaped } from '../rich-text.ts';

export interface MessageView {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: readonly object[];
}

export const button = (said: string, action: string, value: string): object => ({
  type: 'button',
  text: { type: 'plain_text', text: said, emoji: false },
  action_id: action,
  value,
});

/** A small grey line. */
export const context = (said: string): object => ({
  type: 'context',
  elements: [{ type: 'plain_text', text: clip(safeText(said), 300), emoji: false }],
});

/** A message that is words alone. */
export const plainView = (text: string): MessageView => ({
  text: escaped(text),
  blocks: [{ type: 'section', text: { type: 'plain_text', text: clip(text, 2_900), emoji: false } }],
});
