import { describe, expect, it } from 'vitest';
import { parseSubscription, subscriptionWords } from '../../../src/slack/digests/subscription.ts';

const asked = (text: string): string => {
  const parsed = parseSubscription(text.split(' '));
  return parsed.kind === 'mistake' ? parsed.why : subscriptionWords(parsed.asked);
};

describe('parseSubscription', () => {
  it('has a time, a zone and days, or usual ones', () => {
    expect(asked('sig-release-master-blocking')).toBe('sig-release-master-blocking at 08:00 UTC, on weekdays');
    expect(asked('sig-release-* at 8:30 Europe/Prague daily')).toBe('sig-release-* at 08:30 Europe/Prague, every day');
    expect(asked('a-job b-job 17 thu,mon')).toBe('a-job, b-job at 17:00 UTC, on mon, thu');
  });

  it('says what is wrong', () => {
    expect(asked('at 8:30')).toMatch(/^write `\/whyred subscribe/);
    expect(asked('nightly Europe/Pragg')).toBe('there is no time zone Europe/Pragg: use one such as Europe/Prague');
    expect(asked(Array.from({ length: 11 }, (_, i) => `job-${i}`).join(' '))).toMatch(/10 names at most/);
  });

  it('takes a word that only looks like a day for a name', () => {
    expect(asked('monitoring-e2e satellite')).toBe('monitoring-e2e, satellite at 08:00 UTC, on weekdays');
  });
});
