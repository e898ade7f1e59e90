// What a person wrote, out of Slack's markup: mentions gone, links as addresses, entities as signs.

const MAX = 2_000;

/** The words of a message; mentions of anybody are taken out. */
export const wordsOf = (text: string): string =>
  text
    .slice(0, MAX)
    .replace(/<[@!#][^<>]{1,200}>/g, ' ')
    .replace(/<(https?:[^<>|]{1,2500})(?:\|[^<>]{0,500})?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();

/** The addresses in a message, in order. */
export const linksIn = (text: string): string[] => wordsOf(text).match(/https?:\/\/[^\s<>"'`|]{1,2500}/g) ?? [];

/** True for words that ask something. */
export const isQuestion = (words: string): boolean => words.endsWith('?');
