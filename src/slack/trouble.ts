// What a failed call of Slack's Web API means; Slack's own words stay out of it but for its error code.

/** Rate limited, refused for good, refused for its token, or nobody knows whether it had its effect. */
export type TroubleKind = 'limited' | 'refused' | 'token' | 'ambiguous';

/** A call of Slack's that did not come to a good end. */
export class SlackTrouble extends Error {
  override readonly name = 'SlackTrouble';
  readonly kind: TroubleKind;
  /** When to try again, milliseconds from now; null where Slack did not say. */
  readonly retryMs: number | null;

  constructor(message: string, kind: TroubleKind, retryMs: number | null = null) {
    super(message);
    this.kind = kind;
    this.retryMs = retryMs;
  }
}

const TOKEN = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'token_expired',
  'token_revoked',
]);

/** Codes that say Slack itself failed: the call may have had its effect all the same. */
const BROKEN = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** True for an error of Slack's client. */
export const isOfSlack = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('slack_webapi_');

/** What an error of Slack's client means. */
export function troubleOf(error: unknown): SlackTrouble {
  const { code, retryAfter, data } = error as { code?: unknown; retryAfter?: unknown; data?: { error?: unknown } };
  if (code === 'slack_webapi_rate_limited_error')
    return new SlackTrouble('rate limited', 'limited', Math.max(Number(retryAfter) || 1, 0.1) * 1000);
  if (code !== 'slack_webapi_platform_error') return new SlackTrouble('no answer', 'ambiguous');
  const said = typeof data?.error === 'string' && /^[a-z_]{1,60}$/.test(data.error) ? data.error : 'refused';
  if (said === 'ratelimited') return new SlackTrouble('rate limited', 'limited', 1_000);
  return new SlackTrouble(said, TOKEN.has(said) ? 'token' : BROKEN.has(said) ? 'ambiguous' : 'refused');
}

/** The trouble that an error is, or that Bolt has wrapped; null for any other. */
export function troubleIn(error: unknown): SlackTrouble | null {
  if (error instanceof SlackTrouble) return error;
  return error instanceof Error && 'original' in error ? troubleIn(error.original) : null;
}
