// What the bot needs of its environment, checked at the start and all at once; no value is repeated.
import { HTTPReceiver, SocketModeReceiver, type Receiver } from '@slack/bolt';

export interface SlackConfig {
  readonly token: string;
  /** Socket Mode with an app-level token, HTTP with a signing secret, or none for a worker: others receive. */
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'none' };
  readonly teams: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
}

export class BadSlackConfig extends Error {
  override readonly name = 'BadSlackConfig';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super('the bot cannot start');
    this.mistakes = mistakes;
  }
}

/** @throws BadSlackConfig with every mistake there is */
export function slackConfig(env: Readonly<Record<string, string | undefined>>, receives = true): SlackConfig {
  const token = env['SLACK_BOT_TOKEN'] ?? '';
  const appToken = env['SLACK_APP_TOKEN'] ?? '';
  const signingSecret = env['SLACK_SIGNING_SECRET'] ?? '';
  const mistakes = [
    ...(token.startsWith('xoxb-') ? [] : ['SLACK_BOT_TOKEN is not a bot token (xoxb-…)']),
    ...(receives && appToken === '' && signingSecret === ''
      ? ['SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is needed']
      : []),
    ...(appToken !== '' && !appToken.startsWith('xapp-') ? ['SLACK_APP_TOKEN is not an app-level token (xapp-…)'] : []),
    ...(appToken !== '' && signingSecret !== ''
      ? ['SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are two ways: give one']
      : []),
    ...badIds(env['WHYRED_SLACK_TEAMS'], 'WHYRED_SLACK_TEAMS', /^[TE][A-Z0-9]{2,20}$/),
    ...badIds(env['WHYRED_SLACK_CHANNELS'], 'WHYRED_SLACK_CHANNELS', /^[CG][A-Z0-9]{2,20}$/),
  ];
  if (mistakes.length > 0) throw new BadSlackConfig(mistakes);
  return {
    token,
    transport: !receives
      ? { kind: 'none' }
      : appToken === ''
        ? { kind: 'http', signingSecret }
        : { kind: 'socket', appToken },
    teams: new Set(idsIn(env['WHYRED_SLACK_TEAMS'])),
    channels: new Set(idsIn(env['WHYRED_SLACK_CHANNELS'])),
  };
}

const idsIn = (text = ''): string[] =>
  text
    .split(/[\s,]/)
    .map((id) => id.trim())
    .filter((id) => id !== '');

const badIds = (text: string | undefined, name: string, form: RegExp): string[] =>
  idsIn(text).every((id) => form.test(id)) ? [] : [`${name} has something that is no id`];

const NOTHING: Receiver = {
  init: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** The receiver that Slack's events come by. */
export function receiverOf({ transport }: SlackConfig): Receiver {
  if (transport.kind === 'none') return NOTHING;
  return transport.kind === 'http'
    ? new HTTPReceiver({ signingSecret: transport.signingSecret })
    : new SocketModeReceiver({ appToken: transport.appToken });
}
