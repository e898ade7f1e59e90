// What makes two log lines the same line: numbers, times, ids, addresses and generated names masked out.

const MASKS: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, 'TIME'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'UUID'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, 'ADDRESS'],
  [/\b(?:0x)?[0-9a-f]{8,}\b/gi, 'HEX'],
  [/-[b-df-hj-np-tv-xz2456789]{5}\b/g, '-ID'], // Kubernetes' alphabet of generated names
  [/\d+/g, '0'],
];

/** The line with everything that differs from run to run masked; equal results mean the same message. */
export function mask(line: string): string {
  let masked = line.length > 1000 ? line.slice(0, 1000) : line;
  for (const [pattern, name] of MASKS) masked = masked.replace(pattern, name);
  return masked.replace(/\s+/g, ' ').trim();
}
