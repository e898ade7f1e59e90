// Addresses of what whyred serves as resources: made from ids, and read back to what a tool takes.

/** A run by its folder in the bucket, `gs://bucket/path`. */
export const runUri = (folder: string): string => folder.replace(/^gs:\/\//, 'whyred://run/');

/** A log by its `gs://` path; with lines where only some are meant. */
export const logUri = (path: string): string => path.replace(/^gs:\/\//, 'whyred://log/');

/** A grid by `dashboard#tab`. */
export const gridUri = (grid: string): string => `whyred://grid/${grid.split('#').map(encodeURIComponent).join('/')}`;

/** What an address names, as arguments of tools; null for what is none. */
export type Named =
  | { readonly kind: 'job'; readonly job: string }
  | { readonly kind: 'run'; readonly run: string }
  | {
      readonly kind: 'log';
      readonly log: string;
      readonly lines: { readonly from: number; readonly to: number } | null;
    }
  | { readonly kind: 'grid'; readonly grid: string };

const MAX_URI = 2_000;

export function parseUri(uri: string): Named | null {
  if (uri.length > MAX_URI) return null;
  const [, kind, rest = ''] = /^whyred:\/\/(job|run|log|grid)\/([^?]+)$/.exec(uri) ?? [];
  switch (kind) {
    case 'job':
      return asked(rest, (job) => ({ kind, job }));
    case 'run':
      return asked(rest, (path) => ({ kind, run: `gs://${path}` }));
    case 'log': {
      const [path = '', lines = ''] = rest.split('#');
      const [, from, to = from] = /^L?(\d{1,9})(?:-L?(\d{1,9}))?$/.exec(lines) ?? [];
      if (lines !== '' && from === undefined) return null;
      const range = from === undefined ? null : { from: Number(from), to: Number(to) };
      return asked(path, (name) => ({ kind, log: `gs://${name}`, lines: range }));
    }
    case 'grid': {
      const [dashboard, tab, more] = rest.split('/').map((part) => decoded(part));
      return dashboard && tab && more === undefined ? { kind, grid: `${dashboard}#${tab}` } : null;
    }
    default:
      return null;
  }
}

function asked<T>(text: string, make: (text: string) => T): T | null {
  const name = decoded(text);
  return name === null || name === '' ? null : make(name);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
