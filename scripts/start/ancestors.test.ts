import { expect, test } from "vitest"
import { allAlive, isLauncher, launchersAbove } from "./ancestors.ts"

test.each([
  [["npm exec pnpm@12.21.0 start"], true],
  [["node", "/usr/local/bin/npx", "--yes", "pnpm@12.21.0", "start"], true],
  [["/root/.npm/_npx/1/node_modules/.bin/pnpm", "start"], true],
  [["sh", "-c", "npx pnpm start &"], false],
  [["-bash"], false],
  [["bash"], false],
  [["node", "server.js"], false],
  [["/sbin/init"], false],
])("%j is a launcher: %s", (argv, launcher) => {
  expect(isLauncher(argv)).toBe(launcher)
})

test("launchers that live are alive; one whose process is another by now is not", () => {
  const launchers = launchersAbove(process.pid)
  expect(allAlive(launchers)).toBe(true)
  expect(allAlive([...launchers, { pid: process.pid, start: "1" }])).toBe(false)
})
