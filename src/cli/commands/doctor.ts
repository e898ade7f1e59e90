// whyred doctor
import { jsonText } from '../../answer/json.ts';
import type { Job } from '../../ci/job.ts';
import { SourceError, isUnreachable } from '../../sources/errors.ts';
import type { CiSystem } from '../../sources/ports.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { paintFor } from '../io.ts';
import { openSources } from '../options.ts';

interface Check {
  readonly system: string;
  readonly service: 'deck' | 'gcs' | 'testgrid';
  readonly url: string;
  readonly ok: boolean;
  readonly says: string;
  readonly unreachable: boolean;
}

/** No job has this name: a service that knows it does not is a service that works. */
const NOBODY = 'whyred-doctor';

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'reach every source and say what is wrong',
  run: async ({ values }, io) => {
    const sources = openSources({ ...values, 'no-cache': true }, io);
    try {
      const checks = (await Promise.all(sources.systems.map(checkSystem))).flat();
      if (values.json === true) io.stdout.write(jsonText({ checks }));
      else {
        const { green, red, dim } = paintFor(io);
        for (const { system, service, url, ok, says } of checks)
          io.stdout.write(
            `${ok ? green('ok  ') : red('fail')} ${system.padEnd(12)} ${service.padEnd(9)} ${says}  ${dim(url)}\n`,
          );
      }
      return checks.some(({ ok }) => !ok) ? EXIT.unreachable : EXIT.answered;
    } finally {
      await sources.close();
    }
  },
};

async function checkSystem({ system, runs, grids, artifacts }: CiSystem): Promise<Check[]> {
  const bucket = system.buckets[0] ?? '';
  const job: Job = { system: system.name, bucket, kind: 'periodic', name: NOBODY };
  const { contact } = system as CiSystem['system'] & { contact?: Record<string, string> };
  const check = async (
    service: Check['service'],
    url: string | undefined,
    ask: () => Promise<string>,
  ): Promise<Check> => {
    const place = { system: system.name, service, url: url ?? '' };
    try {
      return { ...place, ok: true, says: await ask(), unreachable: false };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const answers = service === 'deck' && error.problem === 'not found';
      const says = answers ? 'answers' : `${error.problem}: ${error.detail}`;
      return { ...place, ok: answers, says, unreachable: isUnreachable(error) };
    }
  };
  return Promise.all([
    check('deck', contact?.['deck'], () => runs.history(job).then(() => 'answers')),
    check('gcs', contact?.['storage'], () => artifacts.hasRuns(job).then(() => `bucket ${bucket} answers`)),
    check('testgrid', contact?.['testgrid'], () =>
      grids.dashboards().then(({ value }) => `${value.length} dashboards`),
    ),
  ]);
}
