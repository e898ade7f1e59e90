// A conversation: its subject, what was found in it, and what was said. It belongs to one thread and nobody else.
import type { Message } from './model.ts';
import { piecesOf, type Piece, type Result } from './results.ts';
import type { ToolOutcome } from './tools.ts';

const KEPT_RESULTS = 30;
const KEPT_EXCHANGES = 6;

export class Conversation {
  #results: Result[] = [];
  #exchanges: { question: string; said: string }[] = [];
  #count = 0;
  #subject: string | null;

  /** @param subject what was spoken of before, when the conversation is taken up again */
  constructor(subject: string | null = null) {
    this.#subject = subject;
  }

  /** The job that was spoken of last; null before one was found. */
  get subject(): string | null {
    return this.#subject;
  }

  /** Keeps a result under the next id; the oldest ones are forgotten. */
  add(tool: string, outcome: ToolOutcome): Result {
    this.#count += 1;
    const result = { id: `R${this.#count}`, tool, ...outcome };
    this.#results = [...this.#results, result].slice(-KEPT_RESULTS);
    const { job } = outcome.data;
    if (tool === 'diagnose' && !outcome.isError && typeof job === 'string') this.#subject = job;
    return result;
  }

  /** What may be cited: the pieces of all results that are kept, by id. */
  pieces(): Map<string, Piece> {
    return new Map(
      this.#results
        .filter(({ isError }) => !isError)
        .flatMap(piecesOf)
        .map((piece) => [piece.id, piece]),
    );
  }

  /** Remembers a question and what was answered: only what had been checked. */
  remember(question: string, said: string): void {
    this.#exchanges = [...this.#exchanges, { question, said }].slice(-KEPT_EXCHANGES);
  }

  /** The last questions and answers, for a model. */
  history(): Message[] {
    return this.#exchanges.flatMap(({ question, said }): Message[] => [
      { role: 'user', content: question },
      { role: 'assistant', content: said, calls: [] },
    ]);
  }
}
