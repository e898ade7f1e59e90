// Untrusted words among words of ours: still to be read, but no client makes a link, a mention or markup of them.

const SCHEME = /\b(h)tt(ps?):\/\/|\b([a-z][a-z0-9+.-]{0,20}):\/\//gi;
/** Addresses without slashes that clients open all the same. */
const OTHER = /\b(mailto|javascript|data|tel|www)([:.])(?=\S)/gi;
const TAG = /<(?=[!@#/a-z])/gi;
const PERSON = /(^|[^\w.+-])@(?=[a-z])/gi;

/** The text with links, mentions and markup taken apart: `hxxps[:]//`, `‹!here>`, `[at]channel`, `] (`. */
export const defang = (text: string): string =>
  text
    // Signs that only look like those of a link are folded into them by who normalizes a text.
    .replaceAll(/[\uff00-\uff5e]/g, (char) => char.normalize('NFKC'))
    .replace(SCHEME, (_, h?: string, tail?: string, other?: string) =>
      other === undefined ? `${h ?? ''}xx${tail ?? ''}[:]//` : `${other}[:]//`,
    )
    .replace(OTHER, '$1[$2]')
    .replace(TAG, '‹')
    .replace(PERSON, '$1[at]')
    .replaceAll('](', '] (')
    .replaceAll('```', "'''");
