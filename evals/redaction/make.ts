// Makes secrets from published shapes, by seed: none is real, none is stored, and none looks like a word.
import { ALPHABETS, partsOf, type Alphabet } from '../../src/ci/redact/shape.ts';
import type { Random } from '../../src/sources/demo/random.ts';

/** So many characters more than its least a token of open length gets. */
const MORE = 12;

/** A text of the shape. */
export function make(shape: string, random: Random): string {
  return partsOf(shape)
    .map((part) =>
      part.kind === 'text'
        ? random.pick(part.options)
        : characters(part.alphabet, random.int(part.min, Math.min(part.max, part.min + MORE)), random),
    )
    .join('');
}

function characters(alphabet: Alphabet, length: number, random: Random): string {
  const all = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code)).filter((char) =>
    new RegExp(`[${ALPHABETS[alphabet]}]`).test(char),
  );
  let text = '';
  // A token neither begins nor ends with a sign: it would not be told from what stands around it.
  while (text.length < length) {
    const char = random.pick(all);
    const isEdge = text.length === 0 || text.length === length - 1;
    if (!isEdge || /[0-9A-Za-z]/.test(char) || alphabet === 'pad') text += char;
  }
  return text;
}

/** True when a stretch of `secret` longer than a few characters is still in `shown`. */
export function isShown(secret: string, shown: string): boolean {
  const least = Math.min(secret.length, Math.max(5, Math.ceil(secret.length / 4)));
  for (let at = 0; at + least <= secret.length; at += 1) if (shown.includes(secret.slice(at, at + least))) return true;
  return false;
}
