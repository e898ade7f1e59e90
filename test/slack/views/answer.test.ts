import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssistantAnswer } from '../../../src/assistant/answer.ts';
import { Conversation } from '../../../src/assistant/conversation.ts';
import { openAssistant, type Assistant } from '../../../src/assistant/open.ts';
import { answerView } from '../../../src/slack/views/answer.ts';
import { startDemo, type Demo } from '../../support/demo.ts';
import { mcpOptions } from '../../support/mcp.ts';

/** Characters that a line of Slack's window holds, about. */
const WIDTH = 120;
let demo: Demo;
let assistant: Assistant;
let close: () => Promise<void>;
const said: string[] = [];
beforeAll(async () => {
  demo = await startDemo();
  const mcp = mcpOptions(demo.server.url, () => demo.world.now);
  assistant = await openAssistant({ mcp, config: null });
  close = async () => {
    await assistant.close();
    await mcp.sources.close();
    await demo.server.close();
  };
});
afterAll(() => close());

const answerTo = (question: string): Promise<AssistantAnswer> =>
  assistant.ask(question, new Conversation(), {
    signal: new AbortController().signal,
    progress: (doing) => said.push(doing),
  });

interface Part {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly elements?: readonly Part[];
}

/** What is shown, a string a line before wrapping; the buttons are one. */
function linesOf({ type, text = '', elements = [] }: Part): string[] {
  if (type === 'actions') return ['buttons'];
  if (type === 'rich_text' || type === 'rich_text_list') return elements.flatMap(linesOf);
  const inside = elements.map((element) => linesOf(element).join('\n')).join('');
  return (typeof text === 'string' ? `${text}${inside}` : text.text).split('\n');
}

const height = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / WIDTH)), 0);

describe('an answer as a message', () => {
  it('is at most a dozen lines and their buttons, whatever the demo world is asked', async () => {
    for (const { question } of demo.world.scenarios) {
      const answer = await answerTo(question);
      const lines = (answerView(answer, { name: 'SIG Network', mention: null }).blocks as Part[]).flatMap(linesOf);
      expect(height(lines), lines.join('\n')).toBeLessThanOrEqual(13);
    }
  });

  it('says first what, in which run, what kind, how sure, since when and whose it is', async () => {
    const { blocks } = answerView(await answerTo('why is ci-kubernetes-e2e-gce-network red?'), {
      name: 'SIG Network',
      mention: 'S0123ABC',
    });

    const [first, second] = (blocks as Part[]).flatMap(linesOf);

    expect(first).toMatch(/^RED ci-kubernetes-e2e-gce-network, run \d+$/);
    expect(second).toMatch(
      /^product · regression · \d+ % sure · since \d{4}-\d\d-\d\d \d\d:\d\d UTC · owned by SIG Network$/,
    );
  });

  it('comes of a plan that tells what is read', () => {
    expect(said).toContain('finding the job');
    expect(said.join('\n')).toMatch(/reading run \d+/);
    expect(said).toContain('reading logs and tests');
  });
});
