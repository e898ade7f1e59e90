import { expect, it } from 'vitest';
import { UnusableStore } from '../../../src/store/errors.ts';
import { connect } from '../../../src/store/postgres/connection.ts';
import { MIGRATIONS } from '../../../src/store/postgres/migrations.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { describePostgres, openDatabase } from '../../support/postgres.ts';
import { describeStore } from '../contract.ts';
import { describeHistory, fillHistory } from '../history-contract.ts';

describePostgres('the store on PostgreSQL', (postgres) => {
  describeStore('PostgreSQL', async () => openPostgres(await postgres().database()));
  describeHistory('PostgreSQL', async () => openPostgres(await postgres().database()));

  it('keeps failures by day, and forgets by dropping days', async () => {
    const store = await openPostgres(await postgres().database());
    await fillHistory(store);
    const days = async (): Promise<unknown[]> =>
      (
        await store.connection.query(
          `SELECT relname AS name FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY 1`,
        )
      ).map(({ name }) => name);

    expect(await days()).toEqual(['failures_20000', 'failures_20001', 'failures_20002']);
    await store.history.forgetBefore(20_001 * 86_400_000 + 5);

    expect(await days()).toEqual(['failures_20001', 'failures_20002']);
    await store.close();
  });

  it('is made by whichever of several processes that start at once', async () => {
    const url = await postgres().database();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(url)));

    const steps = await opened[0]?.store.connection.query('SELECT version FROM whyred.migrations ORDER BY version');

    expect(steps).toEqual(MIGRATIONS.map((_, i) => ({ version: i + 1 })));
    await Promise.all(opened.map(({ close }) => close()));
  });

  it('is made by a user who may make no schemas, in those that were made for it', async () => {
    const url = new URL(await postgres().database());
    const owner = connect(url.href);
    const name = `limited_${url.pathname.slice(1)}`;
    await owner.run(`CREATE ROLE ${name} LOGIN PASSWORD 'of-a-test'; REVOKE CREATE ON DATABASE ${url.pathname.slice(1)} FROM PUBLIC;
                     CREATE SCHEMA whyred AUTHORIZATION ${name}; CREATE SCHEMA whyred_queue AUTHORIZATION ${name}`);
    url.username = name;
    url.password = 'of-a-test';

    const { queue, close } = await openDatabase(url.href);

    expect(await queue.pending()).toBe(0);
    await close();
    await owner.run(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
    await owner.close();
  });

  it('of a newer whyred is refused', async () => {
    const url = await postgres().database();
    const store = await openPostgres(url);
    await store.connection.run('INSERT INTO whyred.migrations (version) VALUES (99)');
    await store.close();

    await expect(openPostgres(url)).rejects.toThrow(UnusableStore);
  });

  it('keeps a text that has a character PostgreSQL has none for', async () => {
    const store = await openPostgres(await postgres().database());

    await store.keepSetting('a', 'b', 'x\0y');

    expect(await store.setting('a', 'b')).toBe('x\ufffdy');
    await store.close();
  });
});
