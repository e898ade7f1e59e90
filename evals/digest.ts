// npm run eval:digest: summaries of made days: is each planted event told once, in the right section, and nothing else?
import { gather } from '../src/digest/gather.ts';
import type { Digest, DigestItem } from '../src/digest/digest.ts';
import { shareOf } from '../src/grids/beta.ts';
import { memoryCache } from '../src/sources/cache.ts';
import { parseConfig } from '../src/sources/config.ts';
import { serveWorld } from '../src/sources/demo/serve.ts';
import { createWorld } from '../src/sources/demo/world.ts';
import { createSources } from '../src/sources/sources.ts';
import { planDay, type Planted, type PlannedDay } from './digest/plan.ts';

/** `-- <days> <first seed>` for others. */
const [DAYS = 50, FIRST = 1] = process.argv.slice(2).map(Number);
const DAY = 86_400_000;
const LIMIT = 100;

async function summaryOf({ jobs, dashboard }: PlannedDay, seed: number): Promise<Digest> {
  const world = createWorld({ seed, jobs });
  const server = await serveWorld(world);
  const clock = (): number => world.now;
  const sources = createSources({ config: parseConfig({}, server.url), cache: memoryCache(), clock });
  try {
    const window = { from: world.now - DAY, to: world.now };
    return (await gather([dashboard], { sources, clock, window, limit: LIMIT })).digest;
  } finally {
    await sources.close();
    await server.close();
  }
}

/** True for the item that tells the event: its section, all of its jobs and no other, its test. */
function isToldBy({ section, jobs, test }: Planted, item: DigestItem): boolean {
  const names = new Set(item.jobs.map(({ name }) => name));
  const sameJobs = names.size === jobs.length && jobs.every((job) => names.has(job));
  return item.section === section && sameJobs && (test === null || item.tests.some((name) => name.endsWith(test)));
}

const percent = (k: number, n: number): string => {
  const { low, high } = shareOf(k, n);
  return `${((100 * k) / n).toFixed(1)} % of ${n} (95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %)`;
};

const kinds = new Map<string, { planted: number; told: number }>();
let items = 0;
let right = 0;
for (let seed = FIRST; seed < FIRST + DAYS; seed += 1) {
  const day = planDay(seed);
  const digest = await summaryOf(day, seed);
  const left = [...digest.items];
  items += left.length;
  for (const event of day.planted) {
    const count = kinds.get(event.kind) ?? { planted: 0, told: 0 };
    const at = left.findIndex((item) => isToldBy(event, item));
    kinds.set(event.kind, { planted: count.planted + 1, told: count.told + Number(at >= 0) });
    if (at >= 0) left.splice(at, 1);
    else
      console.log(
        `day ${seed}: not told: ${event.kind} (${event.section}) in ${event.jobs.join(', ')} ${event.test ?? ''}`,
      );
  }
  right += digest.items.length - left.length;
  for (const { section, title, jobs } of left)
    console.log(`day ${seed}: told beside: ${section}: ${title} in ${jobs.map(({ name }) => name).join(', ')}`);
}
const all = [...kinds.values()].reduce(
  (sum, { planted, told }) => ({ planted: sum.planted + planted, told: sum.told + told }),
  { planted: 0, told: 0 },
);
console.log(`\n${DAYS} made days from seed ${FIRST}, window of 24 hours`);
for (const [kind, { planted, told }] of kinds) console.log(`  ${kind.padEnd(26)} ${told} of ${planted}`);
console.log(`recall     ${percent(all.told, all.planted)}`);
console.log(`precision  ${percent(right, items)}`);
