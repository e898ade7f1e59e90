// The parts that blocks are made of: texts, buttons, menus, inputs, rich text.
import { CHARACTERS, ITEMS } from './limits.ts';
import { all, anything, byType, flag, list, number, oneOf, shape, text, url, when, type Check } from './schema.ts';

const type = (name: string): Record<string, Check> => ({ type: oneOf(name) });

/** Plain text of so many characters. */
export const plain = (max: number): Check => shape({ ...type('plain_text'), text: text(max) }, { emoji: flag });
/** Slack's own markup of so many characters. */
export const mrkdwn = (max: number): Check => shape({ ...type('mrkdwn'), text: text(max) }, { verbatim: flag });
/** Either. */
export const textObject = (max: number): Check => byType({ plain_text: plain(max), mrkdwn: mrkdwn(max) });

const action: Record<string, Check> = { action_id: text(CHARACTERS.id) };
const confirm = shape(
  { text: textObject(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
);
const slackFile = all(
  shape({}, { id: text(CHARACTERS.id), url: url(CHARACTERS.url) }),
  when(({ id, url: address }) => (id === undefined) === (address === undefined), 'must provide either id or url'),
);
/** What an image shows: an address or a file of the workspace, and what it says to those who cannot see it. */
export const pictureFields: Record<string, Check> = { image_url: url(CHARACTERS.url), slack_file: slackFile };
export const onePicture = when(
  ({ image_url, slack_file }) => (image_url === undefined) === (slack_file === undefined),
  'must provide either image_url or slack_file',
);
export const imageElement = all(shape({ ...type('image'), alt_text: text(CHARACTERS.alt) }, pictureFields), onePicture);

export const button = shape(
  { ...type('button'), text: plain(CHARACTERS.button) },
  {
    ...action,
    url: url(CHARACTERS.url),
    value: text(CHARACTERS.buttonValue),
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: text(CHARACTERS.button),
  },
);
const option = shape(
  { text: textObject(CHARACTERS.option) },
  { value: text(CHARACTERS.optionValue), description: textObject(CHARACTERS.option), url: url(CHARACTERS.url) },
);
const groups = list(shape({ label: plain(CHARACTERS.option), options: list(option, ITEMS.options) }), ITEMS.options);
const common = { ...action, confirm, focus_on_load: flag };
const withPlaceholder = { ...common, placeholder: plain(CHARACTERS.placeholder) };

const menu = (name: string, more: Record<string, Check>): Check => shape(type(name), { ...withPlaceholder, ...more });
const staticMenu = (name: string, more: Record<string, Check>): Check =>
  all(
    menu(name, { options: list(option, ITEMS.options), option_groups: groups, ...more }),
    when(
      ({ options, option_groups }) => (options === undefined) === (option_groups === undefined),
      'must provide either options or option_groups',
    ),
  );
const several = { max_selected_items: number(1) };
const conversations = { default_to_current_conversation: flag, response_url_enabled: flag, filter: anything };
const menus: Record<string, Check> = {
  static_select: staticMenu('static_select', { initial_option: option }),
  multi_static_select: staticMenu('multi_static_select', { initial_options: list(option, ITEMS.options), ...several }),
  external_select: menu('external_select', { min_query_length: number(0), initial_option: option }),
  users_select: menu('users_select', { initial_user: text(CHARACTERS.id) }),
  multi_users_select: menu('multi_users_select', { initial_users: list(text(CHARACTERS.id)), ...several }),
  channels_select: menu('channels_select', { initial_channel: text(CHARACTERS.id), response_url_enabled: flag }),
  multi_channels_select: menu('multi_channels_select', { initial_channels: list(text(CHARACTERS.id)), ...several }),
  conversations_select: menu('conversations_select', {
    initial_conversation: text(CHARACTERS.id),
    ...conversations,
  }),
  multi_conversations_select: menu('multi_conversations_select', {
    initial_conversations: list(text(CHARACTERS.id)),
    ...several,
    ...conversations,
  }),
};
const choices = (name: string, initial: Record<string, Check>): Check =>
  shape({ ...type(name), options: list(option, ITEMS.checks) }, { ...common, ...initial });
const picked: Record<string, Check> = {
  datepicker: menu('datepicker', { initial_date: text(10) }),
  datetimepicker: shape(type('datetimepicker'), { ...common, initial_date_time: number(0) }),
  timepicker: menu('timepicker', { initial_time: text(5), timezone: text(CHARACTERS.id) }),
  checkboxes: choices('checkboxes', { initial_options: list(option, ITEMS.checks) }),
  radio_buttons: choices('radio_buttons', { initial_option: option }),
};
const overflow = shape({ ...type('overflow'), options: list(option, ITEMS.overflow) }, { ...action, confirm });
const lengths = { min_length: number(0, 3_000), max_length: number(1, 3_000) };
const dispatch = { dispatch_action_config: anything };

/** What may stand in an actions block. */
export const interactive = byType({ button, overflow, ...menus, ...picked });
/** What may stand beside the text of a section. */
export const accessory = byType({ button, overflow, image: imageElement, ...menus, ...picked });
/** What asks for something in an input block. */
export const input = byType({
  ...menus,
  ...picked,
  plain_text_input: menu('plain_text_input', {
    multiline: flag,
    initial_value: text(3_000, 0),
    ...lengths,
    ...dispatch,
  }),
  email_text_input: menu('email_text_input', { initial_value: text(3_000, 0), ...dispatch }),
  url_text_input: menu('url_text_input', { initial_value: text(3_000, 0), ...dispatch }),
  number_input: shape(
    { ...type('number_input'), is_decimal_allowed: flag },
    {
      ...withPlaceholder,
      initial_value: text(30),
      min_value: text(30),
      max_value: text(30),
      ...dispatch,
    },
  ),
});

const verdict = shape(
  { text: plain(CHARACTERS.button), value: text(CHARACTERS.buttonValue) },
  { accessibility_label: text(CHARACTERS.button) },
);
/** What may stand in a context_actions block. */
export const contextAction = byType({
  feedback_buttons: shape({ ...type('feedback_buttons'), positive_button: verdict, negative_button: verdict }, action),
  icon_button: shape(
    { ...type('icon_button'), icon: text(CHARACTERS.id), text: plain(CHARACTERS.button) },
    {
      ...action,
      value: text(CHARACTERS.buttonValue),
      confirm,
      accessibility_label: text(CHARACTERS.button),
      visible_to_user_ids: list(text(CHARACTERS.id)),
    },
  ),
});

const style = { style: anything };
const inline = byType({
  text: shape({ ...type('text'), text: text(Infinity, 0) }, style),
  link: shape({ ...type('link'), url: text(CHARACTERS.url) }, { ...style, text: text(Infinity), unsafe: flag }),
  emoji: shape({ ...type('emoji'), name: text(CHARACTERS.id) }, { ...style, unicode: text(50), skin_tone: number() }),
  user: shape({ ...type('user'), user_id: text(CHARACTERS.id) }, style),
  usergroup: shape({ ...type('usergroup'), usergroup_id: text(CHARACTERS.id) }, style),
  channel: shape({ ...type('channel'), channel_id: text(CHARACTERS.id) }, style),
  team: shape({ ...type('team'), team_id: text(CHARACTERS.id) }, style),
  broadcast: shape({ ...type('broadcast'), range: oneOf('here', 'channel', 'everyone') }, style),
  color: shape({ ...type('color'), value: text(10) }, style),
  date: shape(
    { ...type('date'), timestamp: number(), format: text(500) },
    { ...style, url: text(CHARACTERS.url), fallback: text(500) },
  ),
});
const section = shape({ ...type('rich_text_section'), elements: list(inline, Infinity, 0) });
const border = { border: number(0, 1) };
/** The parts of a rich_text block. */
export const richPart = byType({
  rich_text_section: section,
  rich_text_list: shape(
    { ...type('rich_text_list'), style: oneOf('bullet', 'ordered'), elements: list(section) },
    { ...border, indent: number(0, 8), offset: number(0) },
  ),
  rich_text_preformatted: shape(
    { ...type('rich_text_preformatted'), elements: list(inline, Infinity, 0) },
    { ...border, language: text(50) },
  ),
  rich_text_quote: shape({ ...type('rich_text_quote'), elements: list(inline, Infinity, 0) }, border),
});
/** Where something was read: an element of a task. */
export const source = shape({ ...type('url'), url: url(CHARACTERS.url), text: text(CHARACTERS.textObject) });
