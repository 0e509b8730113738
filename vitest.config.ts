import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.{ts,tsx}",
      "apps/*/src/**/*.test.{ts,tsx}",
      "scripts/**/*.test.ts",
      "judge/src/**/*.test.ts",
    ],
    passWithNoTests: false,
    // A busy machine is no failure; what hangs is still ended.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
