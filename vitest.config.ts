import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores in CI: property tests and the demo server share them.
    testTimeout: 40_000,
    hookTimeout: 40_000,
    // Tests of the bot mostly wait.
    maxWorkers: 3,
  },
});
