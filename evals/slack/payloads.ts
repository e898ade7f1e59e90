// Whole payloads against their limits: the blocks of a message together, a view, chunks of a stream, metadata.
import { chunks, messageBlocks, viewBlocks } from './blocks.ts';
import { plain } from './elements.ts';
import { CHARACTERS, ITEMS } from './limits.ts';
import { Refusal } from './refusal.ts';
import {
  all,
  byType,
  flag,
  isFields,
  oneOf,
  problemsOf,
  shape,
  text,
  when,
  type Check,
  type Fields,
} from './schema.ts';

/** Refuses what has problems, telling them where Slack tells them. */
function refuse(error: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  throw new Refusal(error, { errors: problems, response_metadata: { messages } });
}

/** Every text that a value holds, however deep. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === 'string' ? (name === 'text' || name === 'title' ? [one] : []) : textsOf(one),
  );
}
const lengthOf = (value: unknown): number => textsOf(value).reduce((sum, one) => sum + one.length, 0);

const ofType = (blocks: readonly Fields[], ...types: readonly string[]): Fields[] =>
  blocks.filter(({ type }) => types.includes(type as string));

/** Where a name stands a second time in a list. */
const twice = (list: readonly Fields[], name: string): number[] =>
  list.flatMap((one, index) =>
    one[name] !== undefined && list.findIndex((other) => other[name] === one[name]) < index ? [index] : [],
  );

/** What must be unique is: names of blocks, and names of actions within a block. */
function repeated(blocks: readonly Fields[], pointer: string): string[] {
  const names = twice(blocks, 'block_id').map((index) => `${pointer}/${index}/block_id`);
  const actions = blocks.flatMap(({ elements }, index) =>
    Array.isArray(elements) && twice(elements.filter(isFields), 'action_id').length > 0
      ? [`${pointer}/${index}/elements`]
      : [],
  );
  return [
    ...names.map((at) => `\`block_id\` already exists for another block [json-pointer:${at}]`),
    ...actions.map((at) => `\`action_id\` already exists for another element [json-pointer:${at}]`),
  ];
}

/** Refuses blocks that a message cannot hold. */
export function checkBlocks(value: unknown, pointer = '/blocks'): readonly Fields[] {
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks_format');
  refuse('invalid_blocks', problemsOf(messageBlocks, value, pointer));
  const blocks = value.filter(isFields);
  const problems = repeated(blocks, pointer);
  if (lengthOf(ofType(blocks, 'markdown')) > CHARACTERS.markdown)
    problems.push(
      `markdown blocks must be less than ${CHARACTERS.markdown + 1} characters together [json-pointer:${pointer}]`,
    );
  if (lengthOf(ofType(blocks, 'table', 'data_table').map(({ rows }) => rows)) > CHARACTERS.table)
    problems.push(`tables must be less than ${CHARACTERS.table + 1} characters together [json-pointer:${pointer}]`);
  if (ofType(blocks, 'data_visualization').length > ITEMS.charts)
    problems.push(`no more than ${ITEMS.charts} data_visualization blocks allowed [json-pointer:${pointer}]`);
  refuse('invalid_blocks', problems);
  const rest = blocks.filter(({ type }) => type !== 'table' && type !== 'data_table');
  if (lengthOf(rest) + blocks.length * CHARACTERS.blockOverhead > CHARACTERS.blocks)
    throw new Refusal('msg_blocks_too_long');
  return blocks;
}

const view = byType({
  home: shape(
    { type: oneOf('home'), blocks: viewBlocks },
    {
      private_metadata: text(CHARACTERS.privateMetadata, 0),
      callback_id: text(CHARACTERS.id),
      external_id: text(CHARACTERS.id),
    },
  ),
  modal: all(
    shape(
      { type: oneOf('modal'), title: plain(CHARACTERS.viewTitle), blocks: viewBlocks },
      {
        submit: plain(CHARACTERS.viewTitle),
        close: plain(CHARACTERS.viewTitle),
        private_metadata: text(CHARACTERS.privateMetadata, 0),
        callback_id: text(CHARACTERS.id),
        external_id: text(CHARACTERS.id),
        clear_on_close: flag,
        notify_on_close: flag,
        submit_disabled: flag,
      },
    ),
    when(
      ({ blocks, submit }) =>
        submit === undefined && Array.isArray(blocks) && blocks.some((one) => isFields(one) && one['type'] === 'input'),
      'missing required field: submit (a modal with input blocks has it)',
    ),
  ),
});

/** Refuses a view that Slack would not show. */
export function checkView(value: unknown, type: 'home' | 'modal'): Fields {
  if (!isFields(value)) throw new Refusal('invalid_arguments');
  refuse('invalid_arguments', problemsOf(view, value, '/view'));
  if (value['type'] !== type)
    refuse('invalid_arguments', [`must be a valid enum value: ${type} [json-pointer:/view/type]`]);
  refuse('invalid_arguments', repeated((value['blocks'] as unknown[]).filter(isFields), '/view/blocks'));
  return value;
}

/** Refuses chunks that a stream cannot take. */
export function checkChunks(value: unknown): readonly Fields[] {
  refuse('invalid_chunks', problemsOf(chunks, value, '/chunks'));
  return (value as unknown[]).filter(isFields);
}

const object: Check = (value, pointer, report) => {
  if (!isFields(value)) report('must provide an object', pointer);
};
const metadata = shape({ event_type: text(CHARACTERS.id), event_payload: object });

/** Refuses metadata that is not an event with a payload. */
export function checkMetadata(value: unknown): Fields {
  if (problemsOf(metadata, value, '/metadata').length > 0) throw new Refusal('invalid_metadata_format');
  return value as Fields;
}
