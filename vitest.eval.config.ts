import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['evals/**/*.eval.ts'],
    // A test is a whole measurement of hundreds of answers.
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', './evals/assistant/scoreboard.ts'],
  },
});
