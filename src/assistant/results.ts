// Results of tools as evidence: what may be said on the strength of each id, and the link that opens it.
import { LOCI, RECURRENCES, type Locus, type Recurrence } from '../ci/verdict.ts';
import type { CitedText, Ground } from './check.ts';

/** A piece of evidence as an answer shows it. */
export interface Piece extends CitedText {
  readonly title: string;
  /** Made by the tools from ids; null for what has no page. */
  readonly url: string | null;
  /** The quoted lines, and the number of the first; null for what is no quote. */
  readonly quote: { readonly text: string; readonly line: number | null } | null;
}

/** A result of a tool, kept for as long as the conversation. */
export interface Result {
  /** `R1`, `R2` …: in the order they were got. */
  readonly id: string;
  readonly tool: string;
  /** As the tool gave it to be read. */
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

/** The pieces of a result: itself as `R1`, each piece of its evidence as `R1.E2`. */
export function piecesOf(result: Result): Piece[] {
  const { id, tool, text, data } = result;
  const items = arrayOf(data['evidence']).map((item) => item as Record<string, unknown>);
  const whole: Piece = { id, text, title: `what ${tool} found`, url: urlIn(data, items), quote: null };
  return [whole, ...items.flatMap((item) => pieceOf(item, result))];
}

function pieceOf(item: Readonly<Record<string, unknown>>, { id, data }: Result): Piece[] {
  const { id: own, title, url, quote, line } = item;
  if (typeof own !== 'string' || typeof title !== 'string') return [];
  const quoted = typeof quote === 'string' ? quote : null;
  return [
    {
      id: `${id}.${own}`,
      title,
      text: [title, quoted ?? '', ...saidOf(own, data)].join('\n'),
      url: typeof url === 'string' ? url : null,
      quote: quoted === null ? null : { text: quoted, line: typeof line === 'number' ? line : null },
    },
  ];
}

/** What the tool itself says on the strength of a piece: the texts of the entries that cite it. */
function saidOf(own: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => saidOf(own, inner));
  if (typeof value !== 'object' || value === null) return [];
  const { evidence, cites } = value as Record<string, unknown>;
  const citesIt = [...arrayOf(evidence), ...arrayOf(cites), evidence].includes(own);
  const inner = Object.values(value).flatMap((field) => (typeof field === 'object' ? saidOf(own, field) : []));
  return citesIt ? [...Object.values(value).filter((field) => typeof field === 'string'), ...inner] : inner;
}

const urlIn = (data: Readonly<Record<string, unknown>>, items: readonly Record<string, unknown>[]): string | null => {
  const own = data['url'] ?? items[0]?.['url'];
  return typeof own === 'string' ? own : null;
};

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the rules say in a result of `diagnose`. */
export function groundIn({ data }: Pick<Result, 'data'>): Ground {
  const { state, locus, recurrence } = data;
  const states = ['failing', 'passing', 'stale', 'no completed runs'] as const;
  return {
    state: states.find((known) => known === state) ?? null,
    locus: LOCI.find((known): known is Locus => known === locus) ?? null,
    recurrence: RECURRENCES.find((known): known is Recurrence => known === recurrence) ?? null,
  };
}
