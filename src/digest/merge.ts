// Drafts of many jobs put together: one failure, one outage, one flaky test is one item, however many jobs it is in.
import { createHash } from 'node:crypto';
import { seenWords } from '../ci/verdict.ts';
import type { ShownEvidence } from '../answer/shown.ts';
import type { Rate } from '../grids/findings.ts';
import { shareOf } from '../grids/beta.ts';
import { isSimilar } from '../logs/signature.ts';
import type { DigestItem, ItemJob, Section } from './digest.ts';
import type { Draft } from './draft.ts';

/** Sections whose failures may be one and the same: it broke in one job today, in another last week. */
const KIND: Readonly<Record<Section, string>> = {
  broke: 'failure',
  'still failing': 'failure',
  'new test failing': 'new test',
  infrastructure: 'infrastructure',
  flaky: 'flaky',
  recovered: 'recovered',
  stale: 'stale',
};

const TESTS = 10;
const EVIDENCE = 3;

/** Evidence under ids of the digest. */
export class Evidences {
  readonly items: ShownEvidence[] = [];
  readonly #known = new Map<ShownEvidence, string>();

  /** The digest's id of a piece. */
  idOf(item: ShownEvidence): string {
    const known = this.#known.get(item);
    if (known !== undefined) return known;
    const id = `E${this.items.length + 1}`;
    this.items.push({ ...item, id });
    this.#known.set(item, id);
    return id;
  }
}

/** The items, in no order. @param evidences takes what they cite */
export function mergeDrafts(drafts: readonly Draft[], evidences: Evidences): DigestItem[] {
  const groups: Draft[][] = [];
  for (const draft of drafts) {
    const group = groups.find((known) => known.some((one) => isSame(one, draft)));
    if (group) group.push(draft);
    else groups.push([draft]);
  }
  return groups.map((group) => itemOf(group, evidences));
}

function isSame(a: Draft, b: Draft): boolean {
  if (KIND[a.section] !== KIND[b.section]) return false;
  if (a.section === 'stale') return true;
  if (a.section !== 'flaky' && a.signature && b.signature) return isSimilar(a.signature, b.signature);
  const [one] = a.tests;
  const [other] = b.tests;
  if (one && other) return one.identity === other.identity && a.tests.length === b.tests.length;
  // Outages that nobody looked into, or that say nothing, at about the same time.
  return a.section === 'infrastructure' && !a.signature && !b.signature;
}

function itemOf(group: readonly Draft[], evidences: Evidences): DigestItem {
  // What was looked into tells more than what the grid alone says.
  const [first] = group.toSorted((a, b) => (b.verdict?.confidence ?? -1) - (a.verdict?.confidence ?? -1));
  if (!first) throw new RangeError('an item is of one draft at least');
  const jobs = jobsOf(group);
  const tests = [...new Set(group.flatMap(({ tests }) => tests.map(({ name }) => name)))];
  return {
    key: keyOf(first),
    section: sectionOf(group),
    title: first.title,
    message: first.message ?? group.find(({ message }) => message !== null)?.message ?? null,
    locus: first.verdict?.locus ?? null,
    recurrence: first.verdict?.recurrence ?? null,
    confidence: first.verdict?.confidence ?? first.tests[0]?.finding.confidence ?? 0,
    jobs,
    tests: tests.slice(0, TESTS),
    testCount: tests.length,
    rate: rateOf(group),
    isOver: group.every(({ isOver }) => isOver),
    changes: changesOf(first),
    evidence: citedBy([first, ...group.filter((draft) => draft !== first)], evidences),
    note: noteOf(group, first),
  };
}

/** What is true of all of them, and whether what was looked into was seen before. */
function noteOf(group: readonly Draft[], { note, verdict }: Draft): string | null {
  const isShared = new Set(group.map((draft) => draft.note)).size === 1;
  const seen = verdict?.seen_before;
  const parts = [...(isShared && note !== null ? [note] : []), ...(seen ? [`seen before: ${seenWords(seen)}`] : [])];
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Something that broke in one job today and in another before is not new. */
function sectionOf(group: readonly Draft[]): Section {
  const sections = new Set(group.map(({ section }) => section));
  return sections.has('still failing') ? 'still failing' : (group[0]?.section ?? 'broke');
}

/** Each job once, the oldest failure first. */
function jobsOf(group: readonly Draft[]): ItemJob[] {
  const jobs = new Map<string, ItemJob>();
  for (const { job } of group) if (!jobs.has(job.url)) jobs.set(job.url, job);
  const start = ({ since }: ItemJob): string => since?.time ?? '9';
  return [...jobs.values()].sort((a, b) =>
    start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : a.name < b.name ? -1 : 1,
  );
}

function rateOf(group: readonly Draft[]): Rate | null {
  const rates = group.flatMap(({ rate }) => rate ?? []);
  if (rates.length === 0) return null;
  const failures = rates.reduce((sum, rate) => sum + rate.failures, 0);
  const n = rates.reduce((sum, rate) => sum + rate.n, 0);
  const { low, high } = shareOf(failures, n);
  return { failures, n, low, high };
}

const changesOf = ({ tests: [first] }: Draft): DigestItem['changes'] =>
  Array.from(first?.finding.changes ?? [], ([name, [from, to]]) => [name, from, to] as const);

function citedBy(group: readonly Draft[], evidences: Evidences): string[] {
  const items = group.flatMap(({ cited }) =>
    cited.flatMap(({ from, ids }) => {
      const known = 'investigation' in from ? from.investigation.evidence : from.evidence;
      return ids.flatMap((id) => known.find((item) => item.id === id) ?? []);
    }),
  );
  return [...new Set(items.slice(0, EVIDENCE).map((item) => evidences.idOf(item)))];
}

const KEY_HEX = 16;

function keyOf({ section, signature, tests: [first], job }: Draft): string {
  const what = section === 'flaky' ? (first?.identity ?? job.name) : (signature?.key ?? first?.identity ?? job.name);
  return createHash('sha256').update(`${KIND[section]}\n${what}`).digest('hex').slice(0, KEY_HEX);
}
