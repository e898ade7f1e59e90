// How the bot is, for App Home: the last trouble with a source, and who worded the last answer. In memory: it is about now.
import type { AssistantAnswer } from '../assistant/answer.ts';
import { SourceError, SourcesUnreachable } from '../sources/errors.ts';

interface Trouble {
  readonly what: string;
  readonly at: number;
}

/** Gaps that tell of a service which did not answer, by the words of `SourceError`. */
const UNREACHED = /\b(?:unavailable|timed out)\b/;

export class Health {
  /** When what is being worked on had come, by its id. */
  readonly #underWay = new Map<string, number>();
  #trouble: Trouble | null = null;
  #model: string | null = null;

  /** The last thing a source failed with; null when none did since the start. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Who worded the last answer, and if it was not the model, why; null before the first one. */
  get model(): string | null {
    return this.#model;
  }

  /** When the oldest of what is worked on had come, ms since the epoch; null when nothing is. What came first is first. */
  get oldest(): number | null {
    return this.#underWay.size === 0 ? null : Math.min(...this.#underWay.values());
  }

  /** Does a piece of work that came at `received`. */
  async during(id: string, received: number, work: () => Promise<void>): Promise<void> {
    this.#underWay.set(id, received);
    try {
      await work();
    } finally {
      this.#underWay.delete(id);
    }
  }

  /** Takes in what an answer tells of model and sources. */
  answered({ by, fallback, first }: AssistantAnswer, at: number): void {
    this.#model = by === 'model' ? 'the model worded the last answer' : `the rules: ${fallback ?? 'no reason given'}`;
    const gaps = Array.isArray(first.data['gaps']) ? first.data['gaps'] : first.isError ? [first.text] : [];
    const unreached = gaps.find((gap): gap is string => typeof gap === 'string' && UNREACHED.test(gap));
    if (unreached !== undefined) this.#trouble = { what: unreached, at };
  }

  /** Takes in what an investigation failed with; what is no trouble with a source is not ours to tell. */
  failed(error: unknown, at: number): void {
    if (error instanceof SourceError || error instanceof SourcesUnreachable)
      this.#trouble = { what: error.message, at };
  }
}
