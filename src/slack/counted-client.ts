// Slack's client whose calls are counted by method and outcome.
import type { webApi } from '@slack/bolt';
import type { BotReports } from './metrics.ts';
import { troubleOf } from './trouble.ts';

/** The client as it is, but that every call (`chat.postMessage`) is reported once it is over. */
export const countedClient = (client: webApi.WebClient, report: BotReports['slackCall']): webApi.WebClient =>
  counted(client, '', report);

function counted<T extends object>(of: T, path: string, report: BotReports['slackCall']): T {
  return new Proxy(of, {
    get: (_, name) => {
      const value: unknown = Reflect.get(of, name);
      const method = `${path}${String(name)}`;
      if (typeof value === 'function')
        return async (...args: unknown[]) => {
          try {
            const answer: unknown = await Reflect.apply(value, of, args);
            report(method, 'ok');
            return answer;
          } catch (error) {
            report(method, troubleOf(error).kind);
            throw error;
          }
        };
      return typeof value === 'object' && value !== null ? counted(value, `${method}.`, report) : value;
    },
  });
}
