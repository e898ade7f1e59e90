// whyred run <url>
import { parseAddress } from '../../ci/address.ts';
import { writeAnswer } from '../answering.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../exit.ts';
import { configOf, openSources } from '../options.ts';
import { openPast } from '../past.ts';

export const run: Command = {
  name: 'run',
  usage: 'run <url>',
  summary: 'why did this run fail? Its Prow, Spyglass, gcsweb or GCS URL',
  run: async ({ words, values }, io) => {
    const [url = '', ...rest] = words;
    const address = parseAddress(url, configOf(values, io).systems);
    if (rest.length > 0 || address?.kind !== 'run')
      throw new UsageError(
        'run takes the URL of one run of a configured CI system, e.g. https://prow.k8s.io/view/gs/…',
      );
    const { past, close } = await openPast(values, io);
    try {
      return await writeAnswer(url, openSources(values, io), io, values.json === true, past);
    } finally {
      await close();
    }
  },
};
