// whyred demo ["<question>"]
import { once } from 'node:events';
import { parseConfig } from '../../sources/config.ts';
import { memoryCache } from '../../sources/cache.ts';
import { serveWorld } from '../../sources/demo/serve.ts';
import { createWorld } from '../../sources/demo/world.ts';
import { createSources } from '../../sources/sources.ts';
import { writeAnswer } from '../answering.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { paintFor } from '../io.ts';
import { numberOf } from '../numbers.ts';

const SEED = 1;

/** Public addresses of a world that does not exist: reserved names, so that no link leads to somebody's real run. */
const DEMO_SYSTEMS = {
  systems: [
    {
      name: 'kubernetes',
      buckets: ['kubernetes-ci-logs'],
      sites: {
        deck: 'https://prow.k8s.example',
        storage: 'https://storage.example',
        testgrid: 'https://testgrid.example',
      },
      dashboards: ['sig-*'],
    },
    {
      name: 'openshift',
      buckets: ['test-platform-results'],
      sites: {
        deck: 'https://prow.openshift.example',
        storage: 'https://storage.example',
        testgrid: 'https://testgrid.example',
      },
      dashboards: ['redhat-*'],
    },
  ],
};

export const demo: Command = {
  name: 'demo',
  usage: 'demo ["<question>"]',
  summary: 'answer a question on a made-up CI (--serve keeps it up for --ci-url)',
  run: async ({ words, values }, io) => {
    const seed = numberOf(values.seed, 'seed', { least: 0, most: 999_999_999 }) ?? SEED;
    const port = numberOf(values.port, 'port', { least: 0, most: 65_535 });
    const world = createWorld(values.serve === true ? { seed, now: io.clock() } : { seed });
    const server = await serveWorld(world, port === undefined ? {} : { port });
    try {
      if (values.serve === true) {
        io.stdout.write(
          `The demo world is at ${server.url} until you stop it. Try\n  whyred ask "${world.scenarios[0]?.question ?? ''}" --ci-url ${server.url}\n`,
        );
        if (!io.signal.aborted) await once(io.signal, 'abort');
        return EXIT.answered;
      }
      const asked = words.join(' ').trim();
      const question = asked === '' ? (world.scenarios[0]?.question ?? '') : asked;
      const config = parseConfig(DEMO_SYSTEMS, server.url);
      const clock = (): number => world.now;
      const sources = createSources({ config, cache: memoryCache(), clock, signal: io.signal });
      if (asked === '' && values.json !== true)
        io.stdout.write(`${paintFor(io).dim(`$ whyred demo "${question}"`)}\n\n`);
      const code = await writeAnswer(question, sources, { ...io, clock }, values.json === true);
      if (asked === '' && values.json !== true)
        io.stdout.write(
          `\nThis CI is made up. Ask it more:\n${world.scenarios
            .slice(1)
            .map((scenario) => `  whyred demo "${scenario.question}"\n`)
            .join('')}`,
        );
      return code;
    } finally {
      await server.close();
    }
  },
};
