// What the bot needs of its environment, checked at the start and all at once; no value is repeated.

export interface SlackConfig {
  readonly token: string;
  /** Socket Mode with an app-level token, HTTP with a signing secret, or none for a worker: others receive. */
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'none' };
  readonly teams: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  /** Another Web API than that of slack.com, with a slash at its end; null for that one. */
  readonly apiUrl: string | null;
}

export class BadSlackConfig extends Error {
  override readonly name = 'BadSlackConfig';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super('the bot cannot start');
    this.mistakes = mistakes;
  }
}

/**
 * @param receives false for a worker, which takes from the queue alone
 * @throws BadSlackConfig with every mistake there is
 */
export function slackConfig(env: Readonly<Record<string, string | undefined>>, receives = true): SlackConfig {
  const token = env['SLACK_BOT_TOKEN'] ?? '';
  const appToken = env['SLACK_APP_TOKEN'] ?? '';
  const signingSecret = env['SLACK_SIGNING_SECRET'] ?? '';
  const apiUrl = env['SLACK_API_URL'] ?? null;
  const mistakes = [
    ...(token.startsWith('xoxb-') ? [] : ['SLACK_BOT_TOKEN is not a bot token (xoxb-…)']),
    ...(receives && appToken === '' && signingSecret === ''
      ? ['SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is needed']
      : []),
    ...(appToken !== '' && !appToken.startsWith('xapp-') ? ['SLACK_APP_TOKEN is not an app-level token (xapp-…)'] : []),
    ...(appToken !== '' && signingSecret !== ''
      ? ['SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are two ways: give one']
      : []),
    ...(apiUrl === null || isApiUrl(apiUrl)
      ? []
      : ['SLACK_API_URL is not https://…/ (http on this machine alone) with a slash at its end']),
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
    apiUrl,
  };
}

function isApiUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  const isOurs = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isOurs)) && pathname.endsWith('/');
}

const idsIn = (text = ''): string[] =>
  text
    .split(/[\s,]/)
    .map((id) => id.trim())
    .filter((id) => id !== '');

const badIds = (text: string | undefined, name: string, form: RegExp): string[] =>
  idsIn(text).every((id) => form.test(id)) ? [] : [`${name} has something that is no id`];
