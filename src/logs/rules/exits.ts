// Lines by which a runner says that a command failed: the cause stands above them, and what follows is its epilogue.

/** Each with a line it matches. */
export const EXITS: readonly { readonly runner: string; readonly pattern: RegExp; readonly example: string }[] = [
  {
    runner: 'Travis',
    pattern: /^The command "(?!.{0,1000}" exited with 0\.)/,
    example: 'The command "make test" exited with 2.',
  },
  {
    runner: 'GitHub Actions',
    pattern: /^##\[error\]Process completed with exit code [1-9]/,
    example: '##[error]Process completed with exit code 1.',
  },
  { runner: 'GitLab', pattern: /^ERROR: Job failed/, example: 'ERROR: Job failed: exit code 1' },
  {
    runner: 'Prow',
    pattern: /wrapped process failed|failed to execute wrapped command/,
    example: 'error: failed to execute wrapped command: exit status 1',
  },
  {
    runner: 'Jenkins',
    pattern: /^ERROR: script returned exit code [1-9]|marked build as failure/,
    example: "Build step 'Execute shell' marked build as failure",
  },
  { runner: 'CircleCI', pattern: /^Exited with code (?:exit status )?[1-9]/, example: 'Exited with code exit status 1' },
  { runner: 'AppVeyor', pattern: /^Command exited with code [1-9]/, example: 'Command exited with code 1' },
  { runner: 'Buildkite', pattern: /The command exited with status [1-9]/, example: '🚨 Error: The command exited with status 1' },
];
