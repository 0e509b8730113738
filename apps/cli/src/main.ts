#!/usr/bin/env node
import { homedir } from "node:os"
import { text } from "node:stream/consumers"
import { runPilotage } from "./program.ts"
import { embeddedPlayer } from "./verify/embedded-player.ts"

process.exitCode = await runPilotage(process.argv.slice(2), {
  folder: process.cwd(),
  output: { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
  now: () => performance.now(),
  play: embeddedPlayer,
  env: process.env,
  home: homedir(),
  stdin: () => text(process.stdin),
  interrupted: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve())
    }),
  terminal: {
    columns: process.stdout.columns ?? 80,
    // https://no-color.org: any value but the empty one.
    colour: process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb",
  },
})
