// The text of a result has a size a model can take: what is beyond is said, not lost in silence.

/** Characters of a tool's text, at most (`ecosystem.md` 1.2: clients persist or refuse much larger ones). */
export const MAX_TEXT = 20_000;

const NOTE_ROOM = 200;

/** The text, cut between two lines when it is too long, with how many lines are left out and how to get them. */
export function cutText(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const end = text.lastIndexOf('\n', MAX_TEXT - NOTE_ROOM);
  const kept = text.slice(0, end > 0 ? end : MAX_TEXT - NOTE_ROOM);
  const left = text.slice(kept.length).split('\n').length - 1;
  return `${kept}\n… ${left} more lines left out: ask for less (limit, budget, a narrower part), or go on with cursor.`;
}
