// Known issues by their words: a failure is compared with the issues that share its rarer words, never with all.
import type { KnownIssue } from '../../ci/known-issue.ts';
import { isCommon } from './common.ts';
import { both, either, isLine, namesIn, nameWords, textWords } from './words.ts';

/** What a failure is looked up by. */
export interface Queried {
  readonly test: string | null;
  /** What it says: as much of its own words as is at hand. */
  readonly text: string;
}

/** How much of a failure and of an issue is the same; each 0 to 1 but for `mass`. */
export interface Likeness {
  readonly issue: KnownIssue;
  /** Of the names of tests, the best pair: weight of the shared words over that of both. */
  readonly name: number;
  /** Share of the issue's title that the failed test's name has, or what the failure says where it names no test. */
  readonly title: number;
  /** Weight of the words of the name or the title that both have. */
  readonly named: number;
  /** Share of the failure's words that the issue has. */
  readonly text: number;
  /** Weight of the words that both have. */
  readonly mass: number;
  /** The shared words that tell something, the rarest first. */
  readonly words: readonly string[];
}

interface Entry {
  readonly issue: KnownIssue;
  readonly words: ReadonlySet<string>;
  readonly title: ReadonlySet<string>;
  readonly names: readonly ReadonlySet<string>[];
}

/** Issues looked at more closely for one failure. */
const CANDIDATES = 40;
/** A word that more issues have is not looked up: what it tells is counted for the candidates of rarer ones. */
const COMMON = { share: 0.1, least: 20 };
/** As if there were so many more issues that have no word of these: among few issues, too, a rare word is rare. */
const OTHERS = 100;
/** What a word that any failure may say weighs beside others. */
const COMMON_WEIGHT = 0.1;

/** An inverted index over known issues. */
export class IssueIndex {
  readonly #entries: readonly Entry[];
  readonly #postings = new Map<string, number[]>();

  constructor(issues: readonly KnownIssue[]) {
    this.#entries = issues.map(entryOf);
    this.#entries.forEach(({ words }, i) => {
      for (const word of words) {
        const places = this.#postings.get(word);
        if (places) places.push(i);
        else this.#postings.set(word, [i]);
      }
    });
  }

  get size(): number {
    return this.#entries.length;
  }

  /** How much a word tells: the fewer issues have it, the more. */
  weightOf(word: string): number {
    const having = this.#postings.get(word)?.length ?? 0;
    return Math.log((this.size + OTHERS) / (having + 0.5)) * (isCommon(word) ? COMMON_WEIGHT : 1);
  }

  /** The issues that share most with the failure, in no order that means more than that. */
  candidates({ test, text }: Queried): Likeness[] {
    // What is quoted around a failure may name other tests.
    const names = (test === null ? namesIn(text) : [test]).map((name) => new Set(nameWords(name)));
    const words = textWords(text);
    for (const name of names) for (const word of name) words.add(word);
    return this.#nearest(words).map((entry) => this.#compare(entry, words, names));
  }

  #nearest(words: ReadonlySet<string>): Entry[] {
    const most = Math.max(COMMON.least, COMMON.share * this.size);
    const shared = new Map<number, number>();
    for (const word of words) {
      const places = this.#postings.get(word) ?? [];
      if (places.length > most || isCommon(word)) continue;
      const weight = this.weightOf(word);
      for (const place of places) shared.set(place, (shared.get(place) ?? 0) + weight);
    }
    return [...shared]
      .sort((a, b) => b[1] - a[1])
      .slice(0, CANDIDATES)
      .flatMap(([place]) => this.#entries[place] ?? []);
  }

  #compare(
    { issue, words, title, names }: Entry,
    asked: ReadonlySet<string>,
    askedNames: readonly Set<string>[],
  ): Likeness {
    const shared = both(asked, words);
    const weigh = (set: ReadonlySet<string>): number => [...set].reduce((sum, word) => sum + this.weightOf(word), 0);
    const share = (part: ReadonlySet<string>, whole: ReadonlySet<string>): number =>
      whole.size === 0 ? 0 : weigh(part) / weigh(whole);
    const pairs = askedNames.flatMap((one) => names.map((other) => share(both(one, other), either(one, other))));
    const whole = askedNames.length === 0 ? asked : new Set(askedNames.flatMap((name) => [...name]));
    return {
      issue,
      name: Math.max(0, ...pairs),
      title: share(both(title, whole), title),
      named: weigh(both(whole, names.reduce(either, title))),
      // A line of which only the words are shared is no worse than they are.
      text: share(shared, new Set([...asked].filter((word) => !isLine(word) || shared.has(word)))),
      mass: weigh(shared),
      words: [...shared].filter((word) => !isCommon(word)).sort((a, b) => this.weightOf(b) - this.weightOf(a)),
    };
  }
}

function entryOf(issue: KnownIssue): Entry {
  const title = new Set(nameWords(issue.title));
  const names = [...issue.tests, ...namesIn(issue.text)].map((name) => new Set(nameWords(name)));
  const words = textWords(issue.text);
  for (const set of [title, ...names]) for (const word of set) words.add(word);
  return { issue, words, title, names: [title, ...names] };
}
