// What was made of fetched pages, for as long as their bytes stay the same: one value, whoever asks, however often.
import { sha256 } from '../../ci/evidence.ts';

/** Shared by all forks of the sources. */
export class Memory<Page, Whole> {
  readonly #pages = new Map<string, { readonly hash: string; readonly page: Page }>();
  readonly #wholes = new Map<string, { readonly pages: readonly Page[]; readonly whole: Whole }>();

  /** The page at `url`, read anew where its bytes have changed. */
  page(url: string, bytes: Uint8Array, read: () => Page): Page {
    const hash = sha256(bytes);
    const known = this.#pages.get(url);
    if (known?.hash === hash) return known.page;
    const page = read();
    this.#pages.set(url, { hash, page });
    return page;
  }

  /** What `make` makes of pages, made anew where one of them has changed. */
  whole(name: string, pages: readonly Page[], make: () => Whole): Whole {
    const known = this.#wholes.get(name);
    if (known?.pages.length === pages.length && known.pages.every((page, i) => page === pages[i])) return known.whole;
    const whole = make();
    this.#wholes.set(name, { pages, whole });
    return whole;
  }
}
