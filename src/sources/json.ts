// JSON from outside: depth checked before parsing, so that nothing later can run out of stack.

const MAX_DEPTH = 64;

/**
 * Parses UTF-8 JSON (a byte order mark is allowed).
 * @throws SyntaxError for what is not JSON, RangeError for nesting deeper than 64.
 */
export function parseJson(bytes: Uint8Array | string): unknown {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  checkDepth(text);
  return JSON.parse(text);
}

/** {@link parseJson}, or undefined for what it does not take. */
export function tryJson(bytes: Uint8Array | string): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}

function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new RangeError(`JSON nested deeper than ${MAX_DEPTH}`);
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
}

/** The end (exclusive) of the JSON array or object that begins at `start`, or -1 when it does not end. */
export function endOfJson(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}
