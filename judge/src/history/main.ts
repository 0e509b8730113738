/** `pnpm judge:history`: do etcd's invariants of watches hold under random histories? */
import { runHistoryJudge } from "./command.ts"

process.exitCode = runHistoryJudge(process.argv.slice(2), { out: console.log, err: console.error })
