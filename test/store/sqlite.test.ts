import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { UnusableStore } from '../../src/store/errors.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { describeEventStore, describeStore } from './contract.ts';
import { describeHistory } from './history-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'whyred-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const fresh = (): string => join(folder, `${(files += 1)}.sqlite`);

describeStore('SQLite', () => Promise.resolve(openSqlite(fresh())));
describeHistory('SQLite', () => Promise.resolve(openSqlite(fresh())));
describeEventStore('SQLite', () => Promise.resolve(openSqlite(fresh())));

describe('a store in a file', () => {
  it('has what was accepted when the process is killed right after', async () => {
    const path = fresh();
    const child = fork(join(import.meta.dirname, '../support/accept-and-die.ts'), [path], { stdio: 'pipe' });
    await once(child, 'exit');

    const store = openSqlite(path);

    expect(child.signalCode).toBe('SIGKILL');
    expect(await store.pending()).toBe(20);
    await store.close();
  });

  it('is shared by two who work on it: no event is taken twice', async () => {
    const path = fresh();
    const [one, two] = [openSqlite(path), openSqlite(path)];
    for (let i = 0; i < 50; i += 1) await one.accept({ keys: [`${i}`], scope: `${i}`, body: `${i}` }, 0);

    const taken: string[] = [];
    for (;;) {
      const [a, b] = [await one.claim(1, 1_000), await two.claim(1, 1_000)];
      if (!a && !b) break;
      taken.push(...[a, b].flatMap((event) => event?.body ?? []));
    }

    expect(taken).toHaveLength(50);
    expect(new Set(taken).size).toBe(50);
    await one.close();
    await two.close();
  });

  it.each([
    ['is no SQLite file', (path: string) => writeFileSync(path, 'hello'.repeat(500))],
    [
      'was written by a newer whyred',
      (path: string) => {
        const db = new DatabaseSync(path);
        db.exec('PRAGMA user_version = 99');
        db.close();
      },
    ],
  ])('that %s is refused with why', (_, spoil) => {
    const path = fresh();
    spoil(path);

    expect(() => openSqlite(path)).toThrow(UnusableStore);
  });

  it('in a folder that does not exist is refused', () => {
    expect(() => openSqlite(join(folder, 'no/such/folder/x.sqlite'))).toThrow(UnusableStore);
  });
});
