// How well a job's name answers the words of a question.

/** A name that may be meant, with its score. */
export interface Match<T> {
  readonly item: T;
  readonly score: number;
}

/** The parts of a name or a question that are compared: `4.22`, `telco5g`, `bm` … */
export const partsOf = (text: string): string[] => text.toLowerCase().match(/\d+\.\d+|[a-z0-9]+/g) ?? [];

/** Rehearsals repeat every job's name for a change of its configuration: rarely the job that is meant. */
const REHEARSAL = 0.15;

const isVersion = (part: string): boolean => /^\d+\.\d+$/.test(part);

/**
 * 0 to 1: the share of the words that the name has, versions weighing three, a word that only begins a part (or
 * stands inside one) weighing less. Among equals the name with less besides wins.
 */
export function scoreName(words: readonly string[], name: string): number {
  const parts = partsOf(name);
  const wanted = words.flatMap(partsOf);
  if (wanted.length === 0) return 0;
  let sum = 0;
  let total = 0;
  for (const word of wanted) {
    const weight = isVersion(word) ? 3 : 1;
    total += weight;
    if (parts.includes(word)) sum += weight;
    else if (isVersion(word)) continue;
    else if (word.length >= 3 && parts.some((part) => part.startsWith(word) || word.startsWith(part + 's')))
      sum += 0.8 * weight;
    else if (word.length >= 4 && parts.some((part) => part.includes(word))) sum += 0.6 * weight;
    else if (
      word.length >= 5 &&
      parts.some((part) => Math.abs(part.length - word.length) <= 1 && distance(part, word) <= 1)
    )
      sum += 0.6 * weight;
  }
  const extra = parts.filter((part) => !wanted.includes(part)).length;
  const isRehearsal = parts[0] === 'rehearse' && !wanted.includes('rehearse');
  return Math.max(0, sum / total - 0.002 * extra - (isRehearsal ? REHEARSAL : 0));
}

/** The names that answer the words best, best first. */
export function rank<T>(
  words: readonly string[],
  items: readonly T[],
  nameOf: (item: T) => string,
  atLeast = 0.5,
): Match<T>[] {
  return items
    .map((item) => ({ item, score: scoreName(words, nameOf(item)) }))
    .filter(({ score }) => score >= atLeast)
    .sort((a, b) => b.score - a.score || nameOf(a.item).localeCompare(nameOf(b.item)));
}

/** Edit distance, for words of a few letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
