import { done, interrupted } from "../shell/completion.ts"
import { describeJob, reapJobs } from "../shell/jobs.ts"
import type { Job, Scope } from "../shell/shell.ts"
import { type Builtin, complain } from "./builtin.ts"

const findJob = (scope: Scope, word: string): Job | undefined => {
  const { jobs } = scope.shell
  if (word === "%%" || word === "%+") return jobs.at(-1)
  return jobs.find((job) => (word.startsWith("%") ? job.id === Number(word.slice(1)) : job.pid === Number(word)))
}

const untilFinished = (scope: Scope, job: Job): Promise<number | undefined> =>
  new Promise((resolve) => {
    const stop = scope.cancellation.onCancel(() => resolve(undefined))
    void job.finished.then((status) => {
      stop()
      resolve(status)
    })
  })

export const wait: Builtin = async (scope, args, name) => {
  let status = 0
  const { jobs } = scope.shell
  const waited = args.length === 0 ? [...jobs] : args.map((word) => findJob(scope, word) ?? word)
  for (const job of waited) {
    if (typeof job === "string") {
      complain(scope, name, `pid ${job} is not a child of this shell`)
      status = 127
      continue
    }
    const code = await untilFinished(scope, job)
    if (code === undefined) return interrupted
    status = args.length === 0 ? 0 : code
  }
  if (!scope.shell.interactive) reapJobs(jobs)
  return done(status)
}

export const jobs: Builtin = async (scope) => {
  for (const job of scope.shell.jobs) scope.streams.stdout.write(describeJob(job))
  reapJobs(scope.shell.jobs)
  return done(0)
}

export const kill: Builtin = async (scope, args, name) => {
  const words = args.filter((arg) => !/^-/.test(arg))
  if (words.length === 0) {
    complain(scope, name, "usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec")
    return done(2)
  }
  for (const word of words) {
    const job = findJob(scope, word)
    if (!job) {
      complain(scope, name, `(${word}) - No such process`)
      return done(1)
    }
    job.kill()
  }
  return done(0)
}

export const foreground: Builtin = async (scope, args, name) => {
  const job = findJob(scope, args[0] ?? "%%")
  if (!job) {
    complain(scope, name, `${args[0] ?? "current"}: no such job`)
    return done(1)
  }
  scope.streams.stdout.write(`${job.command}\n`)
  const status = await untilFinished(scope, job)
  if (status === undefined) job.kill()
  return status === undefined ? interrupted : done(status)
}
