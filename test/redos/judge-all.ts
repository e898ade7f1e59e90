// npm run redos: judges every regular expression of the source that was not judged before (all with `-- --all`), and
// keeps what is linear in judged.json, which the tests hold the source to.
import { problemOf } from './judge.ts';
import { keyOf, readJudged, writeJudged } from './judged.ts';
import { literals, made } from './regexes.ts';

const all = [...literals(), ...(await made())];
const known = process.argv.includes('--all') ? new Set<string>() : readJudged();
const linear: string[] = [];
let slow = 0;
for (const found of all) {
  const key = keyOf(found);
  const problem = known.has(key) ? null : problemOf(found.source, found.flags);
  if (problem === null) {
    linear.push(key);
    known.add(key);
    continue;
  }
  slow += 1;
  console.log(`${found.place}: ${problem}: /${found.source.slice(0, 200)}/${found.flags}`);
}
writeJudged(linear);
console.log(`${all.length} regular expressions, ${slow} not linear`);
process.exitCode = slow === 0 ? 0 : 1;
