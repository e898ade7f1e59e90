// Lines of a run that differ between runs and mean nothing: progress, downloads, checkouts, quiet levels, the farewell.

export interface Routine {
  readonly name: string;
  /** Over the cleaned line without its runner's prefix. */
  readonly pattern: RegExp;
  /** Lines it matches. */
  readonly examples: readonly string[];
}

export const ROUTINE: readonly Routine[] = [
  {
    name: 'quiet level',
    pattern: /^\[(?:INFO|WARN(?:ING)?|DEBUG|info|warn|debug)\]|^[IW]\d{4} \d\d:\d\d|\blevel=(?:info|debug)\b/,
    examples: ['[INFO] BUILD FAILURE', 'I0821 10:00:00.000 main.go:1] started'],
  },
  {
    name: 'progress',
    pattern:
      /^Download(?:ing|ed)\b|^Progress \(|^\s*\d{1,3}\s+\d[\d.]{0,8}[kMG]?\s.{0,80}--:--|: (?:Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete)$|^Successfully (?:tagged|built) /,
    examples: [
      'Downloaded from central: https://repo.example.com/a.pom (21 kB at 1.3 MB/s)',
      'd21f2ae2ab18: Verifying Checksum',
    ],
  },
  {
    name: 'checkout',
    pattern:
      /^Commit message: |^HEAD is now at |^\s*[+*-] (?:[0-9a-f]{7,}|\[new )|^\s*> git |^(?:##)?\[command\]|^##\[(?:group|endgroup|debug)\]/,
    examples: ['HEAD is now at d1b750eac Javadoc', ' > git fetch --tags --progress'],
  },
  { name: 'shell trace', pattern: /^\s*\+{1,3} \S/, examples: ['+ make test'] },
  {
    name: 'farewell',
    pattern: /^Finished: |^Build step .{1,80} marked build|^Sending e-mails? to|^Archiving artifacts|^Cleaning up/,
    examples: ['Finished: FAILURE', "Build step 'Execute shell' marked build as failure"],
  },
];

/** True for a line that says nothing of why a run differs from another. */
export const isRoutine = (text: string): boolean => ROUTINE.some(({ pattern }) => pattern.test(text));
