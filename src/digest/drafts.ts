// What one job has to say in a summary: each failure a draft, which those of other jobs may be put together with.
import { flakyDrafts, onceDrafts } from './at-times.ts';
import type { Window } from './digest.ts';
import { type Found, type Draft, itemJob } from './draft.ts';
import { goneDrafts } from './gone.ts';
import type { JobDay } from './job-day.ts';
import { lastingDrafts } from './lasting.ts';

export function draftsOf(day: JobDay, found: Found, window: Window): Draft[] {
  if (day.health.state === 'stale') return [staleDraft(day)];
  const lasting = lastingDrafts(day, found, window);
  const gone = goneDrafts(day, found, window);
  const told = new Set([...lasting, ...gone].flatMap(({ tests }) => tests.map(({ name }) => name)));
  const flaky = flakyDrafts(day, told);
  return [...lasting, ...gone, ...flaky, ...onceDrafts(day, window, [...gone, ...flaky])];
}

const staleDraft = (day: JobDay): Draft => ({
  section: 'stale',
  title: 'not running any more',
  message: null,
  verdict: null,
  signature: null,
  job: { ...itemJob(day, null, false), since: day.runs[0]?.point ?? null },
  tests: [],
  rate: null,
  isOver: false,
  cited: [],
  note: day.health.was === null ? null : `${day.health.was} when it last ran`,
});
