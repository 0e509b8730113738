import { neverCancelled } from "@pilotage/kube-model"
import { emptyInput } from "../streams/stream.ts"
import { deriveCancellation } from "./cancellations.ts"
import { type Completion, done } from "./completion.ts"
import { copyShell, type Job, type Scope } from "./shell.ts"
import { print, type Statement } from "./syntax.ts"

/** `command &`: runs beside the shell, out of reach of Ctrl-C. */
export const startJob = (
  scope: Scope,
  statement: Statement,
  run: (scope: Scope) => Promise<Completion>,
): Completion => {
  const { shell } = scope
  const source = deriveCancellation(neverCancelled)
  const id = (shell.jobs.at(-1)?.id ?? 0) + 1
  const pid = 2000 + scope.world.nextProcessId()
  const work = run({
    ...scope,
    shell: copyShell(shell),
    streams: { ...scope.streams, stdin: emptyInput() },
    cancellation: source,
    loopDepth: 0,
  })
  const job: Job = {
    id,
    pid,
    command: print(statement),
    kill: source.cancel,
    status: undefined,
    finished: work.then((completion) => {
      job.status = source.cancelled ? 143 : completion.status
      return job.status
    }),
  }
  shell.jobs.push(job)
  shell.lastJob = pid
  if (shell.interactive) scope.streams.stderr.write(`[${id}] ${pid}\n`)
  return done(0)
}

/** Finished jobs that were not told of yet; they leave the list. */
export const reapJobs = (jobs: Job[]): readonly string[] => {
  const finished = jobs.filter((job) => job.status !== undefined)
  jobs.splice(0, jobs.length, ...jobs.filter((job) => job.status === undefined))
  return finished.map((job) => describeJob(job))
}

export const describeJob = (job: Job): string => {
  const state =
    job.status === undefined
      ? "Running"
      : job.status === 143
        ? "Terminated"
        : job.status === 0
          ? "Done"
          : `Exit ${job.status}`
  return `[${job.id}]+  ${state.padEnd(24)}${job.command}${job.status === undefined ? " &" : ""}\n`
}
