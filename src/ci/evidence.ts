// Evidence: an exact quote of something that was fetched, where it stands, and a link that opens there.
import { createHash } from 'node:crypto';

export type EvidenceKind =
  'log-lines' | 'grid-cell' | 'grid-row' | 'junit-case' | 'step' | 'run' | 'commit-range' | 'known-issue';

/** Where the bytes came from; `history` is what whyred itself kept of a run. `bucket` is null for what is not in a bucket: `object` is then the page's path. */
export interface Source {
  readonly service: 'gcs' | 'testgrid' | 'deck' | 'history' | 'github' | 'list';
  readonly bucket: string | null;
  readonly object: string;
  /** The object's generation, where the store told it. */
  readonly generation?: string;
  /** The build the object belongs to. */
  readonly build?: string;
}

export interface Evidence {
  /** `E1`, `E2` …: unique within one investigation. */
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  /** Public link, made by us from ids, that opens at the place as far as the service allows. */
  readonly url: string;
  readonly source: Source;
  /** First and last line, counted from 1, `\n` ends a line (as Spyglass anchors count); null where lines mean nothing. */
  readonly lines: { readonly from: number; readonly to: number } | null;
  /** The quoted text, byte for byte as it stands in the source (UTF-8). */
  readonly quote: string;
  /** SHA-256 of the quote's UTF-8 bytes, hex. */
  readonly sha256: string;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** What could not be fetched, was cut, or is too old to trust: shown with every answer, never silently absent. */
export interface Gap {
  /** What is missing, e.g. "TestGrid table of …". */
  readonly what: string;
  /** Why, in words of ours (no upstream text). */
  readonly why: string;
  /** What the answer loses by it. */
  readonly effect: string;
}

/** A stable key of a source, for the text a quote was taken from. */
export const sourceKey = ({ service, bucket, object, build }: Source): string =>
  [service, bucket ?? '', object, bucket === null ? (build ?? '') : ''].join('\n');

/** Collects evidence and numbers it in the order it was found. */
export class EvidenceList {
  readonly items: Evidence[] = [];
  /** What each quote was taken from, as it was fetched, by {@link sourceKey}. */
  readonly texts = new Map<string, Buffer>();

  /**
   * Adds a quote and returns its id; the same quote of the same place is added once.
   * @param text what the quote was taken from, as it was fetched
   */
  add(entry: Omit<Evidence, 'id' | 'sha256'>, text: Buffer | string): string {
    this.texts.set(sourceKey(entry.source), typeof text === 'string' ? Buffer.from(text) : text);
    const hash = sha256(entry.quote);
    const same = this.items.find(
      (item) =>
        item.sha256 === hash &&
        item.kind === entry.kind &&
        item.source.object === entry.source.object &&
        item.source.bucket === entry.source.bucket &&
        item.lines?.from === entry.lines?.from,
    );
    if (same) return same.id;
    const id = `E${this.items.length + 1}`;
    this.items.push({ id, ...entry, sha256: hash });
    return id;
  }
}
