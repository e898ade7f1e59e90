// What is synced by the names that were given: tabs as for a summary, and jobs that have none.
import { findJob } from '../diagnose/find-job.ts';
import type { Gaps } from '../diagnose/gaps.ts';
import { readQuestion } from '../diagnose/question.ts';
import { expandSubject, UnknownSubject, type Expanded } from '../digest/subject.ts';
import type { Sources } from '../sources/ports.ts';
import type { Subject } from './sync.ts';

/** Names that are nothing's become gaps. @throws UnknownSubject when all are; SourceError */
export async function findSubject(names: readonly string[], sources: Sources, gaps: Gaps): Promise<Subject> {
  const { tabs, missing } = await expandOrNone(names, sources, gaps);
  const systems = sources.systems.map(({ system }) => system);
  const found = await Promise.all(
    missing.map(async (name) => ({ name, found: await findJob(readQuestion(name, systems), sources, gaps) })),
  );
  const jobs = found.flatMap(({ found: one }) => (one.kind === 'job' ? [one] : []));
  const unknown = found.flatMap(({ name, found: one }) => (one.kind === 'job' ? [] : [name]));
  if (tabs.length + jobs.length === 0) throw new UnknownSubject(unknown);
  for (const name of unknown)
    gaps.add({ what: name, why: 'there is no dashboard or job of that name', effect: 'it is not synced' });
  return { tabs, jobs };
}

async function expandOrNone(names: readonly string[], sources: Sources, gaps: Gaps): Promise<Expanded> {
  try {
    return await expandSubject(names, sources, gaps);
  } catch (error) {
    if (!(error instanceof UnknownSubject)) throw error;
    return { tabs: [], missing: error.names };
  }
}
