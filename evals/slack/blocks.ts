// The blocks that messages and views may hold, each with its limits; a type that is not here is refused.
import { CHARACTERS, ITEMS } from './limits.ts';
import {
  accessory,
  button,
  contextAction,
  imageElement,
  input,
  interactive,
  mrkdwn,
  onePicture,
  pictureFields,
  plain,
  richPart,
  source,
  textObject,
} from './elements.ts';
import {
  all,
  byType,
  flag,
  isFields,
  list,
  number,
  oneOf,
  shape,
  text,
  when,
  type Check,
  type Fields,
} from './schema.ts';

const block = (name: string, required: Record<string, Check>, optional: Record<string, Check> = {}): Check =>
  shape({ type: oneOf(name), ...required }, { block_id: text(CHARACTERS.id), ...optional });

const richText = block('rich_text', { elements: list(richPart) });
const rawText = shape({ type: oneOf('raw_text'), text: text(Infinity) });
const rawNumber = shape({ type: oneOf('raw_number'), value: number(), text: text(Infinity) });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });

const taskStatus = oneOf('pending', 'in_progress', 'complete', 'error');
const taskCard = block(
  'task_card',
  { task_id: text(CHARACTERS.id), title: text(CHARACTERS.textObject), status: taskStatus },
  { details: richText, output: richText, sources: list(source, Infinity, 0) },
);
const card = all(
  block(
    'card',
    {},
    {
      hero_image: imageElement,
      icon: imageElement,
      title: mrkdwn(CHARACTERS.cardTitle),
      subtitle: mrkdwn(CHARACTERS.cardTitle),
      body: mrkdwn(CHARACTERS.cardBody),
      actions: list(button, ITEMS.cardButtons),
    },
  ),
  when(
    ({ hero_image, title, actions, body }) => !hero_image && !title && !actions && !body,
    'must provide hero_image, title, actions or body',
  ),
);

const rowsOf = (value: Fields): readonly unknown[][] =>
  Array.isArray(value['rows']) ? value['rows'].filter((row): row is unknown[] => Array.isArray(row)) : [];
const uneven = when(
  (value) => new Set(rowsOf(value).map((row) => row.length)).size > 1,
  'all rows must have the same number of values',
);

const label = text(CHARACTERS.chartLabel);
const segments = list(shape({ label, value: number() }), ITEMS.series);
const plot = (name: string): Check =>
  shape(
    {
      type: oneOf(name),
      series: list(shape({ name: label, data: list(shape({ label, value: number() }), ITEMS.points) }), ITEMS.series),
      axis_config: shape(
        { categories: list(label, ITEMS.points) },
        { x_label: text(CHARACTERS.chartTitle), y_label: text(CHARACTERS.chartTitle) },
      ),
    },
    {},
  );

/** Blocks of messages and views alike. */
const EVERYWHERE: Record<string, Check> = {
  section: all(
    block(
      'section',
      {},
      {
        text: textObject(CHARACTERS.textObject),
        fields: list(textObject(CHARACTERS.field), ITEMS.fields),
        accessory,
        expand: flag,
      },
    ),
    when(({ text: main, fields }) => !main && !fields, 'must provide text or fields'),
  ),
  header: block('header', { text: plain(CHARACTERS.header) }),
  divider: block('divider', {}),
  context: block('context', {
    elements: list(
      byType({
        image: imageElement,
        plain_text: plain(CHARACTERS.textObject),
        mrkdwn: mrkdwn(CHARACTERS.textObject),
      }),
      ITEMS.contextElements,
    ),
  }),
  actions: block('actions', { elements: list(interactive, ITEMS.actionElements) }),
  image: all(
    block('image', { alt_text: text(CHARACTERS.alt) }, { ...pictureFields, title: plain(CHARACTERS.alt) }),
    onePicture,
  ),
  input: block(
    'input',
    { label: plain(CHARACTERS.label), element: input },
    { hint: plain(CHARACTERS.label), optional: flag, dispatch_action: flag },
  ),
  rich_text: richText,
  alert: block(
    'alert',
    { text: textObject(CHARACTERS.textObject) },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  card,
  carousel: block('carousel', { elements: list(byType({ card }), ITEMS.cards) }),
};

/** Blocks that the notes know of messages only. */
const MESSAGES_ONLY: Record<string, Check> = {
  markdown: block('markdown', { text: text(CHARACTERS.markdown) }),
  table: all(
    block(
      'table',
      { rows: list(list(cell, ITEMS.tableColumns), ITEMS.tableRows) },
      {
        column_settings: list(
          shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }),
          ITEMS.tableColumns,
          0,
        ),
      },
    ),
    uneven,
  ),
  data_table: all(
    block(
      'data_table',
      { caption: text(CHARACTERS.textObject), rows: list(list(cell, ITEMS.tableColumns), ITEMS.dataTableRows, 2) },
      { page_size: number(1, 100), row_header_column_index: number(0, ITEMS.tableColumns - 1) },
    ),
    uneven,
    when(
      (value) => rowsOf(value)[0]?.some((one) => isFields(one) && one['type'] === 'rich_text') ?? false,
      'rich_text cannot be used for header cells',
    ),
  ),
  data_visualization: block('data_visualization', {
    title: text(CHARACTERS.chartTitle),
    chart: byType({
      pie: shape({ type: oneOf('pie'), segments }),
      bar: plot('bar'),
      line: plot('line'),
      area: plot('area'),
    }),
  }),
  context_actions: block('context_actions', { elements: list(contextAction, ITEMS.contextActions) }),
  task_card: taskCard,
  plan: block(
    'plan',
    { title: text(CHARACTERS.textObject) },
    { tasks: list(byType({ task_card: taskCard }), Infinity, 0) },
  ),
};

const NESTED = ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'table'];
const known = { ...EVERYWHERE, ...MESSAGES_ONLY };
const container = all(
  block(
    'container',
    {
      child_blocks: list(
        byType(Object.fromEntries(Object.entries(known).filter(([name]) => NESTED.includes(name)))),
        ITEMS.children,
      ),
    },
    {
      title: plain(CHARACTERS.cardTitle),
      rich_text_title: richText,
      subtitle: textObject(CHARACTERS.cardTitle),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
    },
  ),
  when(({ title, rich_text_title }) => !title && !rich_text_title, 'must provide title or rich_text_title'),
);

/** The blocks of a message. */
export const messageBlocks = list(byType({ ...known, container }), ITEMS.messageBlocks, 0);
/** The blocks of a modal or an App Home. */
export const viewBlocks = list(byType({ ...EVERYWHERE, container }), ITEMS.viewBlocks, 0);
/** The chunks of a stream. */
export const chunks = list(
  byType({
    markdown_text: shape({ type: oneOf('markdown_text'), text: text(CHARACTERS.markdown) }),
    plan_update: shape({ type: oneOf('plan_update'), title: text(CHARACTERS.textObject) }),
    task_update: shape(
      { type: oneOf('task_update'), id: text(CHARACTERS.id), title: text(CHARACTERS.textObject), status: taskStatus },
      { details: text(CHARACTERS.textObject), output: text(CHARACTERS.textObject), sources: list(source, Infinity, 0) },
    ),
    blocks: shape({ type: oneOf('blocks'), blocks: messageBlocks }),
  }),
  Infinity,
  0,
);
