// What a runner puts before each line of the program it runs: time and level, which say nothing about the line.

const PREFIXES: readonly RegExp[] = [
  /^(?:INFO|ERRO|WARN|DEBU|FATA)\[[^\]]{0,40}\]\s*/, // ci-operator
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\s+/, // Go's log package, ci-operator's oldest format
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\s+/, // GitHub Actions, container runtimes
];

/** The line without its runner's prefix. */
export function withoutPrefix(line: string): string {
  for (const prefix of PREFIXES) if (prefix.test(line)) return line.replace(prefix, '');
  return line;
}
