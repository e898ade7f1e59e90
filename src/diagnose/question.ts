// What a question is about: an address, a pull request, a job's name, or words that describe a job.
import type { Address } from '../ci/address.ts';
import { parseAddress, parsePull } from '../ci/address.ts';
import type { PullRequest } from '../ci/job.ts';
import { isJobName } from '../ci/names.ts';
import type { System } from '../ci/system.ts';

export type Asked =
  | { kind: 'address'; address: Address }
  | { kind: 'pull'; pull: PullRequest; /** All words of the question: one may name a job. */ tokens: readonly string[] }
  | {
      kind: 'name';
      name: string;
      /** The other words, without filler: they may tell jobs apart. */ words: readonly string[];
    }
  | { kind: 'words'; words: readonly string[]; odd: readonly string[] }
  | { kind: 'foreign'; url: string };

const MAX_QUESTION = 2_000;

const FILLER = new Set(
  (
    'a an and any are broken build builds can ci did do does fail failed failing fails failure flaking flaky for from has have how i in is it ' +
    'job jobs last me my of on or please red run running runs since so still tab tell test tests that the there this to ' +
    'today us was we went what when whats which why will with yesterday you'
  ).split(' '),
);

/** A tab as answers name it: `dashboard#tab`. Names of tabs may have spaces. */
const TAB = /^([\w.+-]{1,200})#([^#]{1,300})$/;

/** Reads a question. Words are lower case, in the order asked, without filler; `odd` are words outside ASCII. */
export function readQuestion(question: string, systems: readonly System[]): Asked {
  const text = question.slice(0, MAX_QUESTION);
  const tokens = text.split(/[\s"'`“”‘’«»<>()]+/).map((token) => token.replace(/^[.,;:!?]{1,9}|[.,;:!?]{1,9}$/g, ''));
  const url = /\b(?:https?|gs|whyred):\/\/[^\s<>"'`|]+/.exec(text)?.[0].replace(/[).,;:!?]{1,9}$/, '');
  if (url !== undefined) {
    const pull = parsePull(url);
    if (pull) return { kind: 'pull', pull, tokens };
    const [, job = ''] = /^whyred:\/\/job\/(.+)$/.exec(url) ?? [];
    if (isJobName(job)) return { kind: 'name', name: job, words: [] };
    const address = parseAddress(url, systems);
    return address ? { kind: 'address', address } : { kind: 'foreign', url };
  }
  for (const token of tokens) {
    const pull = parsePull(token);
    if (pull) return { kind: 'pull', pull, tokens };
  }
  for (const place of [text.trim(), ...tokens]) {
    const [, dashboard, tab] = TAB.exec(place) ?? [];
    if (dashboard !== undefined && tab !== undefined && /\D/.test(tab))
      return { kind: 'address', address: { kind: 'tab', dashboard, tab } };
  }
  const name = tokens.find(
    (token) => isJobName(token) && /[a-z]/i.test(token) && token.split('-').length >= 3 && token.length >= 10,
  );
  const words = tokens.map((token) => token.toLowerCase()).filter((token) => token !== '' && !FILLER.has(token));
  if (name !== undefined) return { kind: 'name', name, words: words.filter((word) => word !== name.toLowerCase()) };
  return { kind: 'words', words, odd: words.filter((word) => /[^\u0000-\u007f]/.test(word)) };
}

/** The odd characters of a word with their code points, e.g. `U+2010`, so that a look-alike can be seen. */
export const codePoints = (word: string): string =>
  Array.from(word)
    .filter((char) => (char.codePointAt(0) ?? 0) > 0x7f)
    .map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
