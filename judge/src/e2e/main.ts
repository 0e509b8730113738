/** `pnpm judge:e2e [FOCUS]`: do upstream's own end-to-end tests pass against our cluster? */
import { runE2eJudge } from "./command.ts"

const stop = new AbortController()
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort())

process.exitCode = await runE2eJudge(process.argv.slice(2), {
  out: console.log,
  err: console.error,
  signal: stop.signal,
})
