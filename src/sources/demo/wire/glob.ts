// GCS's `matchGlob`: `*` and `?` stop at a slash, `**` does not, braces hold alternatives that may be globs themselves.

const SPECIAL = /[\\^$.+()|[\]{}]/;

/** The pattern as a regular expression over whole object names; null when its braces do not match up. */
export function globToRegExp(glob: string): RegExp | null {
  let source = '';
  let depth = 0;
  for (let i = 0; i < glob.length; i += 1) {
    const char = glob.charAt(i);
    if (char === '*' && glob.charAt(i + 1) === '*') {
      source += '.*';
      i += 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '{') {
      source += '(?:';
      depth += 1;
    } else if (char === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (char === ',' && depth > 0) source += '|';
    else source += SPECIAL.test(char) ? `\\${char}` : char;
  }
  return depth === 0 ? new RegExp(`^${source}$`, 's') : null;
}
