import { inProcessQueue } from '../../src/slack/in-process.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { describeQueue } from '../store/queue-contract.ts';

describeQueue('SQLite', () => {
  const store = openSqlite(':memory:');
  // A clock that runs fast: another try comes after seconds.
  const queue = inProcessQueue(store, () => performance.now() * 20, { idleMs: 5 });
  const other = inProcessQueue(store, () => performance.now() * 20);
  return Promise.resolve({ queue, other, close: () => store.close() });
});
