/** `pnpm judge:kubectl FILE`: does the real kubectl say the same of our cluster as of the recorded one? */
import { runKubectlJudge } from "./command.ts"

process.exitCode = await runKubectlJudge(process.argv.slice(2), { out: console.log, err: console.error })
