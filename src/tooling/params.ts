// The parameters that tools share: the same name, meaning and limits everywhere.
import { z } from 'zod';

const MAX_TEXT = 2_000;
const text = (max = MAX_TEXT): z.ZodString => z.string().trim().min(1).max(max);

/** A job, in any way people name one. */
export const job = text().describe('Job name, words of it, `dashboard#tab`, or a Prow or TestGrid URL');
/** A run; of a job its newest failed one. */
export const run = text().describe('Run: URL, `job/build`, or a job (its newest failed run)');
/** A log, or all logs of a run. */
export const log = text().describe('Log URL or gs:// path as results give them, or a run');
/** A TestGrid dashboard. */
export const dashboard = text().describe('TestGrid dashboard name or URL');
/** What a summary is of. */
export const subjects = z
  .array(text())
  .min(1)
  .max(20)
  .describe('Dashboards, jobs, or patterns such as `sig-release-*`');
/** Part of a row's name. */
export const test = text(500).describe('Only tests whose name contains this').optional();

/** How many entries, and where to go on. */
export const limit = (standard: number, most: number): z.ZodDefault<z.ZodNumber> =>
  z.number().int().min(1).max(most).default(standard);
export const cursor = z.string().max(4_096).describe('From the last result, for what follows').optional();

/** How much is said. */
export const detail = z.enum(['concise', 'full']).default('concise');
