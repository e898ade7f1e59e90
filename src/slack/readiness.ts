// Whether the bot can take questions: what stands in the way, by what it is about.

export type Obstacle = 'starting' | 'stopping' | 'the store does not take events' | 'Slack refuses the token';

export class Readiness {
  readonly #obstacles = new Set<Obstacle>(['starting']);

  /** Notes that something stands in the way, or no more; true when that is new. */
  note(obstacle: Obstacle, stands: boolean): boolean {
    if (this.#obstacles.has(obstacle) === stands) return false;
    if (stands) this.#obstacles.add(obstacle);
    else this.#obstacles.delete(obstacle);
    return true;
  }

  /** What stands in the way; nothing when it is ready. */
  get obstacles(): readonly Obstacle[] {
    return [...this.#obstacles];
  }
}
