/** `pnpm judge [FOLDER] [--file PATTERN] [--limit N] [-o json]`: how much of what others recorded do we say too? */
import { runJudge } from "./command.ts"

process.exitCode = runJudge(process.argv.slice(2), { out: console.log, err: console.error })
