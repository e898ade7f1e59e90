// Checks what a model claims against the evidence it cites. Pure, and deaf to how sure it sounds: a claim holds when its
// ids exist and its quotes, numbers, names and times stand in what they name. Links, mentions and commands are not its to make.
import type { Locus, Recurrence } from '../ci/verdict.ts';
import type { Claim } from './claims.ts';

/** What an id stands for. */
export interface CitedText {
  readonly id: string;
  /** All that may be said with it: its quote or the text of a result, cleaned and without secrets. */
  readonly text: string;
}

/** What the rules say, which a claim may not turn round. */
export interface Ground {
  readonly state: 'failing' | 'passing' | 'stale' | 'no completed runs' | null;
  readonly locus: Locus | null;
  readonly recurrence: Recurrence | null;
}

export type Fault =
  | 'cites nothing'
  | 'cites what does not exist'
  | 'has a link, a mention or markup'
  | 'has a command'
  | 'quotes what does not stand there'
  | 'has a number that does not stand there'
  | 'names what does not stand there'
  | 'contradicts the verdict';

/** Why the claim does not hold; null when it does. */
export function faultOf(claim: Claim, evidence: ReadonlyMap<string, CitedText>, ground: Ground): Fault | null {
  if (claim.evidence.length === 0) return 'cites nothing';
  const cited = claim.evidence.map((id) => evidence.get(id));
  if (cited.some((one) => one === undefined)) return 'cites what does not exist';
  const text = cited.map((one) => one?.text ?? '').join('\n');
  return faultOfText(claim.text, text) ?? (contradicts(claim.text, ground) ? 'contradicts the verdict' : null);
}

/** Why a sentence may not be said on the strength of `text`; null when it may. */
export function faultOfText(said: string, text: string): Fault | null {
  if (FORBIDDEN.test(said.normalize('NFKC'))) return 'has a link, a mention or markup';
  for (const quote of quotesIn(said)) if (!text.includes(quote)) return 'quotes what does not stand there';
  const plain = said.replace(QUOTED, ' ');
  if (COMMAND.test(plain)) return 'has a command';
  const numbers = new Set(numbersIn(text));
  const shares = new Set(sharesIn(text));
  if (
    numbersIn(plain).some((number) => !stands(number, numbers)) ||
    sharesIn(plain).some((share) => !shares.has(share))
  )
    return 'has a number that does not stand there';
  const lower = text.toLowerCase();
  for (const name of namesIn(plain)) if (!lower.includes(name)) return 'names what does not stand there';
  return null;
}

/** URLs in any dress, mentions of Slack and of people, HTML, Markdown links and fences, shell substitution. */
const FORBIDDEN =
  /:\/\/|\bwww\.|\bh(?:tt|xx)ps?:|<[!@#a-z/]|(?:^|[\s(])@[a-z]|\]\(|!\[|```|\$\(|\bmailto:|[\u0000-\u0008\u000e-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u206f]/iu;

/** What reads like something to run. As a quote it may stand, for then it stands in the evidence. */
const COMMAND =
  /\| ?(?:ba|z)?sh\b|\|\||&&|\b(?:curl|wget|kubectl|oc|sudo|rm|chmod|chown|bash|sh|powershell|iwr|iex|pip3?|npm|npx|git|docker|podman|nc|ssh|scp|helm|eval)(?: -{1,2}\w| [\w.-]{1,80}[:/.][\w/])|\b(?:kubectl|oc|helm|docker|podman) (?:delete|apply|exec|patch|edit|scale|run|adm|rm)\b/i;

/** As long as a claim may be, over lines too: a quote that is not seen as one is not checked as one. */
const QUOTED = /"[^"]{1,600}"|“[^”]{1,600}”|„[^“”]{1,600}[“”]|«[^»]{1,600}»|`[^`]{1,600}`/gu;

const quotesIn = (said: string): string[] => Array.from(said.matchAll(QUOTED), ([quote]) => quote.slice(1, -1));

const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** "one" and "once" are seldom counts. */
const COUNTED = new RegExp(`\\b(?:${WORDS.slice(2).join('|')})\\b`, 'gi');

/** Dates, times, versions and numbers, each as a whole; words from two to twelve as digits. */
function numbersIn(text: string): string[] {
  const plain = text.replace(/https?:\S+/g, ' ');
  const written = Array.from(plain.matchAll(/\d{4}-\d\d-\d\d|\d+(?:[.:]\d+)*/g), ([number]) => number);
  const words = Array.from(plain.matchAll(COUNTED), ([word]) => String(WORDS.indexOf(word.toLowerCase())));
  return [...written, ...words];
}

/** True when a number stands there as it is written; a time may leave its seconds out. */
const stands = (number: string, there: ReadonlySet<string>): boolean =>
  there.has(number) || (number.includes(':') && [...there].some((one) => one.startsWith(`${number}:`)));

/** Counts of something in something, `6/20`: two numbers that stand there are not yet the share that stands there. */
const sharesIn = (text: string): string[] =>
  Array.from(
    text.matchAll(/\b(\d+) (?:of|out of)(?: the| its)?(?: newest| last)? (\d+)\b/g),
    ([, k, n]) => `${k}/${n}`,
  );

/** Names of jobs, tests, steps, files: words held together by at least two signs (`up-to-date` is none), in lower case. */
const namesIn = (said: string): string[] =>
  said
    .split(/[\s,;()]/)
    .map((word) => word.replace(/[.:!?]$/, ''))
    .filter((word) => (word.match(/[-_./:](?=[A-Za-z0-9])/g)?.length ?? 0) >= 2 || /^\[[a-z]/.test(word))
    .filter((word) => word.length >= 12 || /[\d[]/.test(word))
    .map((word) => word.toLowerCase());

const NEGATION = /\b(?:not?|never|isn.t|aren.t|wasn.t|rather than|instead of|without|unlikely)\b[^.;]{0,40}$/i;

/** True when a word of `pattern` is said and not denied. */
function says(said: string, pattern: RegExp): boolean {
  for (const found of said.matchAll(pattern)) if (!NEGATION.test(said.slice(0, found.index))) return true;
  return false;
}

const GREEN =
  /\b(?:all green|is (?:green|passing|healthy|fine)|passes now|no(?:thing)? (?:is )?(?:failing|failure|wrong|broken))\b/gi;
const FLAKE = /\bflak(?:e|es|y|iness)\b/gi;
const REGRESSION = /\bregress(?:ion|ed)?\b/gi;
const INFRASTRUCTURE = /\binfra(?:structure)?\b|\bCI outage\b/gi;
const PRODUCT = /\bproduct (?:bug|regression|failure)\b/gi;

/** True for a claim that turns the rules' verdict round. To disagree, a model has fields of its own. */
function contradicts(said: string, { state, locus, recurrence }: Ground): boolean {
  if (state === 'failing' && says(said, GREEN)) return true;
  if (recurrence === 'regression' && says(said, FLAKE)) return true;
  if (recurrence === 'known flake' && says(said, REGRESSION)) return true;
  if (locus === 'ci infrastructure' && says(said, PRODUCT)) return true;
  return (locus === 'product' || locus === 'test' || locus === 'build/config') && says(said, INFRASTRUCTURE);
}
