import {defineConfig} from "vitest/config";

// Tests of the built site: its files (tests/build) and its behaviour in Chromium (tests/browser). One file at a time:
// software WebGL takes all the cores there are.
export default defineConfig({
  test: {
    include: ["tests/build/**/*.test.ts", "tests/browser/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 300_000,
    expect: {poll: {timeout: 30_000}}
  }
});
