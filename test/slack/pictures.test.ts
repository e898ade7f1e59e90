import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { method } from '../../evals/slack/faults.ts';
import { answersIn, duplicates, plainText } from '../../evals/slack/look.ts';
import type { Upload } from '../../evals/slack/world.ts';
import { startTestBot, type BotFixture } from '../support/bot.ts';
import { startDemo, type Demo } from '../support/demo.ts';

const QUESTION = 'why is ci-kubernetes-e2e-gce-network red?';
let demo: Demo;
let fixture: BotFixture;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.server.close());
afterEach(() => fixture.close());

async function startBot(): Promise<void> {
  fixture = await startTestBot({ ciUrl: demo.server.url, now: () => demo.world.now });
}

async function ask(words: string, threadTs?: string): Promise<string> {
  const { people, places } = fixture.slack;
  const { ts } = people.mention(places.ana, places.alerts, words, threadTs === undefined ? {} : { threadTs });
  await fixture.slack.settled();
  await expect.poll(() => fixture.store.pending(), { timeout: 15_000 }).toBe(0);
  return ts;
}

const pictures = (): Upload[] => [...fixture.slack.world.uploads.values()].filter(({ completed }) => completed);
const answers = (thread: string): string[] =>
  answersIn(fixture.slack.world, fixture.slack.places.alerts, thread).map((message) => plainText(message));

describe('the picture of the grid', () => {
  it('comes after the answer, in its thread, with words for it', async () => {
    await startBot();
    const ts = await ask(QUESTION);

    const { recorder, world } = fixture.slack;
    const [picture, ...more] = pictures();
    expect(more).toEqual([]);
    expect(picture?.bytes?.subarray(1, 4).toString()).toBe('PNG');
    expect(picture?.alt).toMatch(/^1 test and 1 step regressed.*78 tests/);
    expect(picture?.title).toBe('sig-release-master-blocking / gce-network');
    expect([...world.messages.values()].find(({ files }) => files.length > 0)?.threadTs).toBe(ts);
    const answered = recorder.calls.findLastIndex(({ method }) => method === 'chat.update');
    const shown = recorder.calls.findIndex(({ method }) => method === 'files.getUploadURLExternal');
    expect(shown).toBeGreaterThan(answered);
  });

  it('is shown once in a thread', async () => {
    await startBot();
    const ts = await ask(QUESTION);
    await ask('since when?', ts);

    expect(answers(ts)).toHaveLength(2);
    expect(pictures()).toHaveLength(1);
    expect(duplicates(fixture.slack.world)).toEqual([]);
  });

  it('is a line where it cannot be uploaded, and the answer stays', async () => {
    await startBot();
    const fault = { kind: 'error', error: 'upload_failed' } as const;
    fixture.slack.faults.add(fault, { only: method('files.completeUploadExternal') });
    const ts = await ask(QUESTION);

    const [said = ''] = answers(ts);
    expect(said).toContain('claims verified');
    expect(said).toContain('The picture of the grid could not be shown.');
    expect(pictures()).toEqual([]);
  });

  it('is not missed where there is no grid', async () => {
    await startBot();
    const ts = await ask('why is ci-no-such-job-anywhere red?');

    expect(fixture.slack.recorder.of('files.getUploadURLExternal')).toEqual([]);
    expect(answers(ts).join('\n')).not.toContain('picture');
  });
});
