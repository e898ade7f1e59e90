// How scripted models read a request: the results it shows, and what a careful model would claim on their strength.
import type { Asked } from './server.ts';

export interface ScriptedClaim {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** The results a request shows: id and text, as the assistant fenced them. */
export function resultsIn({ messages }: Pick<Asked, 'messages'>): { id: string; text: string }[] {
  const shown = messages.filter(({ role }) => role === 'user' || role === 'tool').map(({ content }) => content ?? '');
  return shown.flatMap((content) =>
    Array.from(content.matchAll(/<<result (R\d+) (\w+)>>\n([^]*?)\n<<end \2>>/g), ([, id = '', , text = '']) => ({
      id,
      text,
    })),
  );
}

/** The latest investigation as a careful model would read it: verdict, cause, the reasons, each with what it cites. */
export function competentClaims(asked: Asked): ScriptedClaim[] {
  const results = resultsIn(asked);
  const latest = results.findLast(({ text }) => /^(?:RED|GREEN|STALE|NO COMPLETED RUNS) /.test(text)) ?? results.at(-1);
  if (!latest) return [];
  const lines = latest.text.split('\n');
  const cited = (line: string): string[] =>
    Array.from(line.matchAll(/\[(E\d+)\]/g), ([, id = '']) => `${latest.id}.${id}`);
  const plain = (line: string): string =>
    line
      .replace(/\s?\[E\d+\]/g, '')
      .replaceAll(/[“”"`]/g, '')
      .trim();
  const reasons = lines
    .filter((line) => /^(?:Why|Cause): /.test(line))
    .map((line) => ({ text: plain(line.replace(/^(?:Why|Cause): /, '')).slice(0, 400), evidence: cited(line) }));
  const [verdict = '', summary = ''] = lines;
  return [
    { text: plain(summary === '' ? verdict : summary).slice(0, 400), evidence: [latest.id] },
    ...reasons.filter(({ evidence }) => evidence.length > 0),
  ];
}
