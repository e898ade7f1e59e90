// What a sample of a failed build is, and how Travis wraps one.

export interface Sample {
  readonly tool: string;
  readonly headline: RegExp;
  readonly log: string;
}

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
