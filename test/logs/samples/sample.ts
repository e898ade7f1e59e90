// What a sample of a failed build is, and how Travis wraps one.

export interface Sample {
  readonly tool: string;
  readonly headline: RegExp;
  readonly log: string;
}

/** What a command printed on GitHub Actions before it failed. */
export interface ActionsSample {
  readonly tool: string;
  /** The lines a person would quote, any of them, without what indents them. */
  readonly headlines: readonly string[];
  readonly log: string;
  /** What it exited with; null where an action failed, which says so itself. */
  readonly code: number | null;
}

/** A step as GitHub Actions logs it, with a time before each line and with what comes after a failure. */
export const actions = ({ tool, log, code }: ActionsSample): string =>
  [
    `##[group]Run ${tool}`,
    'shell: /usr/bin/bash -e {0}',
    '##[endgroup]',
    ...log.split('\n'),
    ...(code === null ? [] : [`##[error]Process completed with exit code ${code}.`]),
    '##[group]Run actions/upload-artifact@v3',
    '##[endgroup]',
    '##[warning]No files were found with the provided path: logs/. No artifacts will be uploaded.',
    'Post job cleanup.',
    'Cleaning up orphan processes',
  ]
    .map((line, i) => `2024-05-01T10:00:${String(i % 60).padStart(2, '0')}.1234567Z ${line}`)
    .join('\n');

/** A command's output between Travis' own lines, with what it does after a failure. */
export const travis = (command: string, log: string, code = 1): string =>
  [
    'travis_time:start:0a1b2c',
    `$ ${command}`,
    log,
    'travis_time:end:0a1b2c:start=1,finish=2,duration=1',
    `\u001b[31;1mThe command "${command}" exited with ${code}.\u001b[0m`,
    '',
    'travis_fold:start:after_failure',
    '$ cat error.log',
    'cat: error.log: No such file or directory',
    'travis_fold:end:after_failure',
    '',
    'Done. Your build exited with 1.',
  ].join('\n');
