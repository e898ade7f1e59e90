// Keeps account of what could not be had: a failed fetch becomes a gap, never an absence.
import type { Gap } from '../ci/evidence.ts';
import { SourceError, SourcesUnreachable, isUnreachable } from '../sources/errors.ts';

export class Gaps {
  readonly items: Gap[] = [];
  readonly #unreachable = new Map<string, SourceError>();
  readonly #failed = new Map<string, SourceError>();

  add(gap: Gap): void {
    if (!this.items.some((known) => known.what === gap.what && known.why === gap.why)) this.items.push(gap);
  }

  /**
   * The value of `fetch`, or null with a gap that says what failed and what the answer loses by it.
   * A value that is an older copy is passed on with a gap that says how old.
   */
  async try<T>(effect: string, fetch: Promise<{ value: T; staleMs: number | null }>): Promise<T | null> {
    try {
      const { value, staleMs } = await fetch;
      this.noteAge(staleMs, effect);
      return value;
    } catch (error) {
      if (!(error instanceof SourceError) || error.problem === 'cancelled') throw error;
      this.note(effect, error);
      return null;
    }
  }

  /** Notes that a copy had to do because its source did not answer; nothing for a fresh value. */
  noteAge(staleMs: number | null, what: string): void {
    if (staleMs === null) return;
    const minutes = Math.round(staleMs / 60_000);
    const effect = 'what happened since then is not in the answer';
    this.add({
      what: `fresh data (${what})`,
      why: `the source did not answer; a copy ${minutes} min old was used`,
      effect,
    });
  }

  /** @throws SourcesUnreachable when a service did not answer: "there is none" would then be a guess */
  throwIfUnreachable(): void {
    if (this.#unreachable.size > 0) throw new SourcesUnreachable([...this.#unreachable.values()]);
  }

  /** @throws SourcesUnreachable when any source failed in whatever way: for answers that would rest on nothing */
  throwIfFailed(): void {
    if (this.#failed.size > 0) throw new SourcesUnreachable([...this.#failed.values()]);
  }

  note(effect: string, error: SourceError): void {
    if (isUnreachable(error)) this.#unreachable.set(error.service, error);
    if (error.problem !== 'not found') this.#failed.set(error.service, error);
    this.add({ what: error.what, why: `${error.problem}: ${error.detail}`, effect });
  }
}
