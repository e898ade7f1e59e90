// What Slack takes, as numbers. Where sources differ the newer one stands; what nobody documents says where it is from.

/** Characters, counted as JavaScript counts them. */
export const CHARACTERS = {
  /** `text` of a message; above `advised` Slack still takes it, with a warning. */
  text: 40_000,
  advised: 4_000,
  /** `chat.update` is refused far earlier than `chat.postMessage` (seratch/ChatGPT-in-Slack#102). */
  updatedText: 4_000,
  textObject: 3_000,
  field: 2_000,
  header: 150,
  label: 2_000,
  alt: 2_000,
  url: 3_000,
  id: 255,
  button: 75,
  buttonValue: 2_000,
  option: 75,
  optionValue: 150,
  placeholder: 150,
  cardTitle: 150,
  cardBody: 200,
  chartTitle: 50,
  chartLabel: 20,
  /** All markdown blocks of a message together, and `markdown_text`. */
  markdown: 12_000,
  /** All cells of all tables of a message together. */
  table: 10_000,
  /**
   * All text of all blocks, each block costing `blockOverhead` more: fits what bolt-js#2509 and #2867 measured (accepted
   * 9,597 in 50 blocks, refused 11,341 in 45, one markdown block refused at 13,297).
   */
  blocks: 13_300,
  blockOverhead: 50,
  viewTitle: 24,
  privateMetadata: 3_000,
  sessionTitle: 200,
} as const;

/** Items. */
export const ITEMS = {
  messageBlocks: 50,
  viewBlocks: 100,
  fields: 10,
  contextElements: 10,
  actionElements: 25,
  contextActions: 5,
  overflow: 5,
  options: 100,
  checks: 10,
  tableRows: 100,
  tableColumns: 20,
  dataTableRows: 101,
  cards: 10,
  cardButtons: 3,
  children: 10,
  series: 12,
  points: 20,
  charts: 2,
  attachments: 100,
  prompts: 4,
  loadingMessages: 10,
  historyPage: 999,
} as const;

/** Milliseconds. */
export const TIMES = {
  /** From its start, whatever is appended (python-slack-sdk#1859). */
  stream: 5 * 60_000,
  /** A status nobody follows with a message. */
  status: 2 * 60_000,
  trigger: 3_000,
  responseUrl: 30 * 60_000,
  ack: 3_000,
} as const;

/** How often a `response_url` works. */
export const RESPONSE_URL_USES = 5;
/** Connections of Socket Mode at once. */
export const CONNECTIONS = 10;
/** When the Events API sends again what was not taken: at once, after a minute, after five. */
export const RETRIES: readonly number[] = [0, 60_000, 300_000];
