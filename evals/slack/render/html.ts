// HTML in which every text is escaped: a template that takes strings as text and only what it made itself as HTML.

export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export type Shown = string | number | Html | readonly Html[] | null | undefined;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML shows it. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

const sourceOf = (value: Shown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Html) return value.source;
  return typeof value === 'object' ? value.map(({ source }) => source).join('') : escape(`${value}`);
};

/** HTML with values put in, each of them escaped unless it is HTML. */
export const html = (parts: TemplateStringsArray, ...values: readonly Shown[]): Html =>
  new Html(parts.map((part, index) => part + sourceOf(values[index])).join(''));

/** Several pieces, one after another. */
export const join = (pieces: readonly Html[]): Html => new Html(pieces.map(({ source }) => source).join(''));

/** A link, or its text alone where it leads nowhere on the web. */
export const link = (url: string, text: Shown): Html =>
  /^(?:https?:\/\/|mailto:)/.test(url)
    ? html`<a href="${url}" rel="noreferrer noopener" target="_blank">${text}</a>`
    : html`${text}`;
