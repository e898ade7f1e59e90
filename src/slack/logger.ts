// What Slack's own packages log is never passed on: it may hold tokens, addresses with tickets, and what people wrote.
import { LogLevel, type Logger } from '@slack/bolt';

export type Log = (level: 'info' | 'error', what: string) => void;

/** A logger that tells that there was an error, and nothing else. */
export function discreet(log: Log): Logger {
  const quiet = (): void => undefined;
  return {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: () => log('error', 'Slack’s client reports an error'),
    setLevel: quiet,
    setName: quiet,
    getLevel: () => LogLevel.ERROR,
  };
}
