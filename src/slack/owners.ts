// Who owns a test or a job: as a file says, or as the SIG in a test's label or in the dashboard's name does. Names are
// text; who may be mentioned has an id in the file, and no other id is ever one.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

/** The setting of a channel that has owners mentioned, and its value. */
export const OWNERS = 'owners';
export const MENTIONS = 'mention';

const Names = z.array(z.string().min(1).max(300)).default([]);

const Entry = z.strictObject({
  name: z.string().min(1).max(80),
  /** A person (U…, W…) or a user group (S…). */
  mention: z
    .string()
    .regex(/^[UWS][A-Z0-9]{2,20}$/)
    .nullable()
    .default(null),
  /** Names of jobs and of tests; `*` stands for anything. */
  jobs: Names,
  tests: Names,
  /** `network` for what is labelled `[sig-network]`. */
  sigs: Names,
});

const Entries = z.array(Entry);
type Entry = z.output<typeof Entry>;

export interface Owner {
  readonly name: string;
  readonly mention: string | null;
}

export type Owners = readonly Entry[];

/** A file of owners that cannot be used, and where. */
export class BadOwners extends Error {
  override readonly name = 'BadOwners';
}

/** Reads the file of owners: a list in YAML. @throws BadOwners */
export function parseOwners(text: string): Owners {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    throw new BadOwners(`the file of owners is not YAML${line === undefined ? '' : ` (line ${line})`}`);
  }
  const entries = Entries.safeParse(raw ?? []);
  if (entries.success) return entries.data;
  const where = entries.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new BadOwners(`the file of owners has mistakes: ${where.slice(0, 5).join('; ')}`);
}

/** What an owner is looked for by. */
export interface Owned {
  readonly job: string;
  readonly tests: readonly string[];
  readonly dashboard: string | null;
}

/** The owner of the failing test before that of the job, what the file says before what names tell; null: not known. */
export function ownerOf({ job, tests, dashboard }: Owned, owners: Owners): Owner | null {
  const sig = firstOf(tests.map(sigInLabel)) ?? sigInDashboard(dashboard);
  const known =
    owners.find((entry) => tests.some((test) => fitsOne(entry.tests, test))) ??
    owners.find((entry) => fitsOne(entry.jobs, job)) ??
    owners.find((entry) => sig !== null && entry.sigs.includes(sig));
  if (known) return { name: known.name, mention: known.mention };
  return sig === null ? null : { name: `SIG ${sig}`, mention: null };
}

const firstOf = (names: readonly (string | null)[]): string | null => names.find((name) => name !== null) ?? null;

const sigInLabel = (test: string): string | null => /\[sig-([a-z][a-z-]{1,40})\]/.exec(test)?.[1] ?? null;

/** Dashboards of a SIG are named after it; those of the release team say where a job blocks, not who owns it. */
function sigInDashboard(dashboard: string | null): string | null {
  const [, sig = null] = /^sig-([a-z]{2,40})(?:-|$)/.exec(dashboard ?? '') ?? [];
  return sig === 'release' ? null : sig;
}

const fitsOne = (globs: readonly string[], name: string): boolean => globs.some((glob) => fits(glob, name));

/** Whether a name is like `*part*of*it`, in any case. */
function fits(glob: string, name: string): boolean {
  const [head = '', ...parts] = glob.toLowerCase().split('*');
  const rest = name.toLowerCase();
  if (parts.length === 0) return rest === head;
  if (!rest.startsWith(head)) return false;
  const tail = parts.pop() ?? '';
  let at = head.length;
  for (const part of parts) {
    const found = rest.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return rest.length - tail.length >= at && rest.endsWith(tail);
}
