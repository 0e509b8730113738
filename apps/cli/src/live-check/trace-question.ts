import type { Trace } from "@pilotage/routing-core"
import { runPilotage } from "../program.ts"

/** Asks `pilotage trace FROM TO -o json`. An error is what the command said on standard error. */
export type AskTrace = (from: string, to: string) => Promise<Trace>

/** `source`: the options that name the cluster and the namespace. */
export const traceQuestion =
  (source: readonly string[]): AskTrace =>
  async (from, to) => {
    let out = ""
    let err = ""
    await runPilotage(["trace", ...source, "-o", "json", from, to], {
      folder: process.cwd(),
      output: {
        out: (text) => {
          out += text
        },
        err: (text) => {
          err += text
        },
      },
      now: () => performance.now(),
      play: () => Promise.reject(new Error("no lab is played here")),
      env: {},
      home: "/nonexistent",
      stdin: async () => "",
      interrupted: async () => {},
      terminal: { columns: 80, colour: false },
    })
    if (!out.startsWith("{")) throw new Error(`pilotage trace ${from} ${to}: ${err.trim()}`)
    return JSON.parse(out)
  }
