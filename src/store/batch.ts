// What is written in one turn of the event loop is one transaction: a hundred events that come at once cost one sync of
// the disk.
import type { DatabaseSync } from 'node:sqlite';

export interface Batch {
  /** Resolves when it is committed. What is lost with the power, if it is lost, is done again. */
  write<T>(work: () => T): Promise<T>;
  /** Resolves when it is on the disk itself. */
  keep<T>(work: () => T): Promise<T>;
  /** Writes what waits, now. */
  flush(): void;
}

interface Write {
  /** Does it, and says how to tell who asked for it. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

export function createBatch(db: DatabaseSync): Batch {
  let waiting: Write[] = [];
  let mustSync = false;
  const flush = (): void => {
    const batch = waiting;
    if (batch.length === 0) return;
    waiting = [];
    let tell: (() => void)[];
    try {
      db.exec(`PRAGMA synchronous = ${mustSync ? 'FULL' : 'NORMAL'}; BEGIN IMMEDIATE`);
      tell = batch.map((write) => one(db, write));
      db.exec('COMMIT');
    } catch (error) {
      // Some errors, such as a full disk, have already taken everything back.
      if (db.isTransaction) db.exec('ROLLBACK');
      tell = batch.map(
        ({ fail }) =>
          () =>
            fail(error),
      );
    }
    mustSync = false;
    for (const say of tell) say();
  };
  const add = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const run = (): (() => void) => {
        const outcome = work();
        return () => resolve(outcome);
      };
      waiting.push({ run, fail: reject });
      if (waiting.length === 1) setImmediate(flush);
    });
  return {
    write: add,
    keep: (work) => {
      mustSync = true;
      return add(work);
    },
    flush,
  };
}

/** One write of a batch: when it fails, the others stand. */
function one(db: DatabaseSync, { run, fail }: Write): () => void {
  db.exec('SAVEPOINT one');
  try {
    const tell = run();
    db.exec('RELEASE one');
    return tell;
  } catch (error) {
    db.exec('ROLLBACK TO one; RELEASE one');
    return () => fail(error);
  }
}
