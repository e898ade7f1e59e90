// What became of what was open in the summary before: what the next person on call takes over.
import type { Digest, DigestItem, Handover, Section } from './digest.ts';

/** Sections of what somebody still has to do something about. */
const OPEN: ReadonlySet<Section> = new Set<Section>(['broke', 'infrastructure', 'new test failing', 'still failing']);

export const isOpen = ({ section, isOver }: DigestItem): boolean => OPEN.has(section) && !isOver;

/** @param items of today */
export function handoverOf({ window, items: before }: Digest, items: readonly DigestItem[]): Handover {
  const open = items.filter(isOpen);
  const was = before.filter(isOpen);
  const kept = open.filter((item) => was.some((known) => isSame(known, item)));
  return {
    since: window.to,
    added: open.length - kept.length,
    kept: kept.length,
    gone: was.filter((known) => !open.some((item) => isSame(known, item))).map(({ title }) => title),
  };
}

/** The same failure, or the same series of failures of one job. */
const isSame = (a: DigestItem, b: DigestItem): boolean =>
  a.key === b.key ||
  a.jobs.some(({ url, since }) =>
    b.jobs.some((job) => job.url === url && since !== null && job.since?.build === since.build),
  );
