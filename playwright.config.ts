import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { defineConfig } from "@playwright/test"

const port = 4179
const data = process.env.PILOTAGE_E2E_DATA ?? mkdtempSync(join(tmpdir(), "pilotage-e2e-"))
process.env.PILOTAGE_E2E_DATA = data

/** Browser tests run on the built product, started as a person starts it. */
export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  workers: 1,
  retries: 0,
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
  webServer: {
    command: "node scripts/start.ts",
    url: `http://localhost:${port}`,
    env: { PORT: String(port), PILOTAGE_DATA: data },
    reuseExistingServer: false,
    timeout: 180_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
})
