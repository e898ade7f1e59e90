// npm run eval:live: a live model (WHYRED_MODEL, with a key or OPENAI_BASE_URL) over the demo world, each question some
// times; a dated table is written below evals/live/. `-- --seeds 1,2 --times 5`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelFrom } from '../src/assistant/config.ts';
import { liveFigures } from './assistant/live.ts';
import { meets } from './assistant/figures.ts';
import { tableOf } from './assistant/scoreboard.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '81' }, times: { type: 'string', default: '3' } },
});
const config = modelFrom(process.env);
const hasAccess = process.env['OPENAI_API_KEY'] !== undefined || process.env['OPENAI_BASE_URL'] !== undefined;
if (!config || !hasAccess)
  console.log('eval:live skipped: it needs WHYRED_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL');
else {
  const seeds = values.seeds.split(',').map(Number);
  const times = Number(values.times);
  const figures = await liveFigures(config, { seeds, times, progress: (line) => console.log(line) });
  const table = tableOf(figures);
  const now = new Date().toISOString();
  const folder = join(import.meta.dirname, 'live');
  mkdirSync(folder, { recursive: true });
  const model = config.model.name.replaceAll(/[^\w.-]/g, '_').slice(0, 60);
  const file = join(folder, `${now.slice(0, 16).replaceAll(':', '')}-${model}.md`);
  writeFileSync(file, `# ${model}, ${now}\n\nSeeds ${seeds.join(', ')}, each question ${times} times.\n\n${table}\n`);
  console.log(`\n${table}\n\nwritten to ${file}`);
  process.exitCode = figures.every(meets) ? 0 : 1;
}
