// The text of a result has a size a model can take: what is beyond is said, not lost in silence.

/** Characters of a tool's text, at most (`ecosystem.md` 1.2: clients persist or refuse much larger ones). */
export const MAX_TEXT = 20_000;

const NOTE_ROOM = 200;
/** Evidence, gaps and cursors stand at the end: so much of a text that is cut is its end. */
const END_SHARE = 0.4;

/** The text, its middle left out at ends of lines when it is too long, with how many lines that are and what to do. */
export function cutText(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const room = MAX_TEXT - NOTE_ROOM;
  const headEnd = text.lastIndexOf('\n', room * (1 - END_SHARE));
  const tailStart = text.indexOf('\n', text.length - room * END_SHARE);
  const head = text.slice(0, headEnd > 0 ? headEnd : room * (1 - END_SHARE));
  const tail = tailStart < 0 ? '' : text.slice(tailStart);
  const left = text.slice(head.length, text.length - tail.length).split('\n').length - 1;
  return `${head}\n… ${left} lines left out here: ask again with a smaller limit, or for a narrower part.${tail}`;
}
