// What a person sees while an answer is made: the plan as tasks that tick off, and a way to stop it.
import { oneLine } from '../../ci/text.ts';
import { escaped } from '../rich-text.ts';
import { ACTIONS } from './answer.ts';
import { button, type MessageView } from './view.ts';

const MAX_TASKS = 8;
const TITLE_CHARS = 100;

/** @param tasks what was begun, in order; the last one is under way */
export function progressView(tasks: readonly string[]): MessageView {
  const shown = tasks.slice(-MAX_TASKS);
  const now = shown.at(-1) ?? 'looking into it';
  return {
    text: escaped(`Looking into it: ${now}`),
    blocks: [
      {
        type: 'plan',
        title: 'Looking into it',
        tasks: shown.map((title, i) => ({
          type: 'task_card',
          task_id: `task-${i}`,
          title: oneLine(title, TITLE_CHARS) || '…',
          status: i === shown.length - 1 ? 'in_progress' : 'complete',
        })),
      },
      {
        type: 'actions',
        block_id: 'progress',
        elements: [button('Stop', ACTIONS.stop, 'stop')],
      },
    ],
  };
}
