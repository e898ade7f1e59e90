// A process that accepts events and is killed in the middle of the next thing.
import { openSqlite } from '../../src/store/sqlite.ts';

const store = openSqlite(process.argv[2] ?? '');
for (let i = 0; i < 20; i += 1) await store.accept({ keys: [`${i}`], scope: 's', body: `${i}` }, i);
process.kill(process.pid, 'SIGKILL');
