#!/usr/bin/env node
import { enableCompileCache } from "node:module"
import { homedir } from "node:os"
import { text } from "node:stream/consumers"

// Before anything else is read: the second start takes half the time of the first.
enableCompileCache()
const { runPilotage } = await import("./program.ts")

process.exitCode = await runPilotage(process.argv.slice(2), {
  folder: process.cwd(),
  output: { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
  now: () => performance.now(),
  play: async (...asked) => (await import("./verify/embedded-player.ts")).embeddedPlayer(...asked),
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
