import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { StoreUnreachable, UnusableStore } from '../../../src/store/errors.ts';
import { connect } from '../../../src/store/postgres/connection.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { describePostgres } from '../../support/postgres.ts';

describePostgres('a database that refuses us', (postgres) => {
  it('says that the password, the user or the database is wrong, and repeats none', async () => {
    const url = new URL(await postgres().database());
    url.password = 'hunter2hunter2';
    url.pathname = '/no_such_database';

    const error: unknown = await openPostgres(url.href).catch((refusal: unknown) => refusal);

    expect(error).toBeInstanceOf(UnusableStore);
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
  });
});

describe('an address of a database', () => {
  it.each(['', 'hello', 'mysql://u:hunter2hunter2@h/d', 'postgres://u:hunter2hunter2@h/d?sslrootcert=/no/such/file'])(
    'that is none (%s) is refused without being repeated',
    (url) => {
      const refused = (): unknown => connect(url);
      expect(refused).toThrow(UnusableStore);
      try {
        refused();
      } catch (error) {
        expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
      }
    },
  );

  it('where nobody answers is a store that cannot be reached', async () => {
    const connection = connect('postgres://u:hunter2hunter2@127.0.0.1:1/d');

    const error: unknown = await connection.query('SELECT 1').catch((refusal: unknown) => refusal);

    expect(error).toBeInstanceOf(StoreUnreachable);
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
    await connection.close();
  });
});
