// Test names short enough for a row, still readable: what says least goes first, then the middle.
import { clip, oneLine } from '../../ci/text.ts';

const MAX_NAME = 500;
/** A suite in front: one that is known, or any words before `.[`. */
const SUITE =
  /^(?:(?:openshift-tests(?:-[a-z]{1,30}){0,4}|Kubernetes e2e suite|step graph|operator|Operator results|kubetest2?)\.|[\w .-]{1,60}\.(?=\[))/;
const SUITE_TAG = /\s{0,9}\[(?:It|Suite:[^\]]{0,200})\]/g;
/** Tags behind the first words: they say how a test is run, not what it tests. */
const LATER_TAG = /(?<=[^\]\s]\s{0,3})\s\[[^\]]{1,120}\]/g;
const LEADING_TAGS = /^(?:\[[^\]]{1,120}\]\s*){1,12}(?=\S)/;
/** A step of a ci-operator job: the job's target stands in its name twice. */
const STEP = /^Run multi-stage test (\S{1,200}) - \1-(\S{1,200}) container test$/;

/** The name on one line, cleaned of what a terminal or a reader must not meet. */
export const safeName = (name: string): string => oneLine(name, MAX_NAME);

/** The name with its suite prefix and `[Suite:…]` tags dropped; then, while too wide, other tags and the middle. */
export function shortName(name: string, fits: (text: string) => boolean): string {
  const safe = safeName(name);
  const bare = tidy(safe.replace(SUITE, '').replace(SUITE_TAG, '')).replace(STEP, 'step $2') || safe;
  const untagged = tidy(bare.replace(LATER_TAG, '')) || bare;
  const words = untagged.replace(LEADING_TAGS, '');
  const found = [bare, untagged, words].find(fits);
  if (found !== undefined) return found;
  let low = 1;
  let high = words.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(clip(words, middle))) low = middle;
    else high = middle - 1;
  }
  return clip(words, low);
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/** Columns of a terminal that a cleaned text takes. */
export function textWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  const characters = Array.from(text.replace(/\p{M}/gu, '')).length;
  return characters + (text.match(WIDE)?.length ?? 0);
}

/** The text with spaces behind it up to `width` columns. */
export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));
