#!/usr/bin/env node
import { runPilotage } from "./program.ts"
import { embeddedPlayer } from "./verify/embedded-player.ts"

process.exitCode = await runPilotage(process.argv.slice(2), {
  folder: process.cwd(),
  output: { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
  now: () => performance.now(),
  play: embeddedPlayer,
})
