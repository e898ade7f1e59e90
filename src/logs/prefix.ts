// What a runner puts before each line of the program it runs: time, level and name, which say nothing about the line.
// Not more than that: how far the program's own line is indented says what it belongs to.

const PREFIXES: readonly RegExp[] = [
  /^(?:INFO|ERRO|WARN|DEBU|FATA)\[[^\]]{0,40}\]\s*/, // ci-operator
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, // Go's log package, ci-operator's oldest format
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: |$)/, // GitHub Actions, container runtimes
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?(?: {1,2}|$)/, // Jenkins, Buildkite, prove
  /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\] /, // Jenkins pipelines
  /^(?:#\d{1,4} )?\d{1,6}\.\d{3} /, // BuildKit
];
/** A runner's, and that of a program that runs others. */
const DEEPEST = 2;

/** The line without its runner's prefix. */
export function withoutPrefix(line: string): string {
  let text = line;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const prefix = PREFIXES.find((one) => one.test(text));
    if (!prefix) break;
    text = text.replace(prefix, '');
  }
  return text;
}
