// Lines by which a runner begins a command, and by which it says that one failed: the cause stands between them.

export interface RunnerLine {
  readonly runner: string;
  readonly needs: readonly string[];
  readonly pattern: RegExp;
  /** A line it matches. */
  readonly example: string;
}

export const EXITS: readonly RunnerLine[] = [
  {
    runner: 'Travis',
    needs: ['the command "'],
    pattern: /^The command "(?!.{0,1000}" exited with 0\.)/,
    example: 'The command "make test" exited with 2.',
  },
  {
    runner: 'GitHub Actions',
    needs: ['process completed with'],
    pattern: /^##\[error\]Process completed with exit code [1-9]/,
    example: '##[error]Process completed with exit code 1.',
  },
  { runner: 'GitLab', needs: ['job failed'], pattern: /^ERROR: Job failed/, example: 'ERROR: Job failed: exit code 1' },
  {
    runner: 'Prow',
    needs: ['wrapped process failed', 'execute wrapped command'],
    pattern: /wrapped process failed|failed to execute wrapped command/,
    example: 'error: failed to execute wrapped command: exit status 1',
  },
  {
    runner: 'Jenkins',
    needs: ['script returned exit code', 'marked build as failure'],
    pattern: /^ERROR: script returned exit code [1-9]|marked build as failure/,
    example: "Build step 'Execute shell' marked build as failure",
  },
  {
    runner: 'CircleCI, AppVeyor',
    needs: ['exited with code'],
    pattern: /^(?:Exited|Command exited) with code (?:exit status )?[1-9]/,
    example: 'Exited with code exit status 1',
  },
  {
    runner: 'Buildkite',
    needs: ['command exited with status'],
    pattern: /The command exited with status [1-9]/,
    example: '🚨 Error: The command exited with status 1',
  },
];

export const STARTS: readonly RunnerLine[] = [
  {
    runner: 'Travis',
    needs: ['travis_time:start', 'travis_fold:start'],
    pattern: /^travis_(?:time|fold):start/,
    example: 'travis_time:start:0a1b2c',
  },
  {
    runner: 'GitHub Actions',
    needs: ['##[group]run '],
    pattern: /^##\[group\]Run /,
    example: '##[group]Run npm test',
  },
  {
    runner: 'GitLab',
    needs: ['section_start:'],
    pattern: /^section_start:/,
    example: 'section_start:1560896352:build_script',
  },
  {
    runner: 'Jenkins',
    needs: ['[pipeline] '],
    pattern: /^\[Pipeline\] (?:sh|bat|powershell)\b/,
    example: '[Pipeline] sh',
  },
];
