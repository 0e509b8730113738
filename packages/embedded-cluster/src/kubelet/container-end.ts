import type { Container, Pod, Random } from "@pilotage/kube-model"
import { behaviourOf } from "../images/registry.ts"
import type { ContainerRun, Exit } from "./pod-run.ts"

/** What a step is given and what it may tell. */
export interface StepContext {
  readonly pod: Pod
  readonly podIP: string
  readonly now: number
  readonly random: Random
  readonly isInit: boolean
  readonly report: (reason: string, message: string, type: "Normal" | "Warning", container?: string) => void
  /** All variables that a container's process is started with. */
  readonly environment: (container: Container) => Readonly<Record<string, string>>
  /** A new process begins to write; what the one before wrote is kept as the previous log. */
  readonly started: (
    container: Container,
    lines: readonly { readonly afterMs: number; readonly text: string }[],
  ) => void
}

const FIRST_RESTART_MS = 1000
const BACK_OFF_MS = 10_000
const BACK_OFF_CAP_MS = 300_000
/** A process that ran so long has its earlier ends forgiven. */
const FORGIVEN_MS = 600_000

/** How long to wait after so many failures in a row. */
export const backOff = (strikes: number): number => Math.min(BACK_OFF_MS * 2 ** Math.max(0, strikes), BACK_OFF_CAP_MS)

const restarts = (pod: Pod, code: number, isInit: boolean): boolean => {
  const policy = pod.spec.restartPolicy ?? "Always"
  if (isInit) return code !== 0 && policy !== "Never"
  return policy === "Always" || (policy === "OnFailure" && code !== 0)
}

export const without = (run: ContainerRun, ...keys: readonly (keyof ContainerRun)[]): ContainerRun =>
  Object.fromEntries(
    Object.entries(run).filter(([key]) => !keys.includes(key as keyof ContainerRun)),
  ) as unknown as ContainerRun

/** The process has ended; a restart is planned if the policy wants one. */
export const ended = (run: ContainerRun, code: number, context: StepContext, startError?: string): ContainerRun => {
  const { now, pod, isInit } = context
  const startedAt = run.startedAt ?? now
  const exit: Exit = {
    code,
    reason: startError !== undefined ? "StartError" : code === 0 ? "Completed" : "Error",
    ...(startError === undefined ? {} : { message: startError }),
    startedAt,
    finishedAt: now,
    id: run.id ?? "",
  }
  const base: ContainerRun = {
    ...without(run, "at", "stopAt", "stopCode", "startedAt"),
    state: "exited",
    exit,
    probes: {},
  }
  if (pod.metadata.deletionTimestamp !== undefined || !restarts(pod, code, isInit)) return base
  const strikes = now - startedAt >= FORGIVEN_MS ? 0 : run.strikes
  if (strikes === 0) return { ...base, strikes: 1, at: now + FIRST_RESTART_MS }
  const wait = backOff(strikes - 1)
  return {
    ...base,
    strikes: strikes + 1,
    at: now + wait,
    backOffMs: wait,
    isBackingOff: false,
    noteBackOffAt: now + 1000,
    // A kubelet looks at the pod again when the back-off is nearly over, or at the latest after this time.
    showBackOffAt: now + (strikes === 1 ? 1000 : 19_000),
  }
}

const preStopMs = (container: Container): number => {
  const hook = (
    container.lifecycle as
      | { preStop?: { sleep?: { seconds?: number }; exec?: { command?: readonly string[] } } }
      | undefined
  )?.preStop
  if (hook?.sleep?.seconds) return hook.sleep.seconds * 1000
  const seconds = /(?:^|\s)sleep\s+(\d+)/.exec(hook?.exec?.command?.join(" ") ?? "")?.[1]
  return seconds === undefined ? 0 : Number(seconds) * 1000
}

/** SIGTERM, after the preStop hook; SIGKILL when the grace period is over. */
export const stop = (container: Container, run: ContainerRun, graceMs: number, now: number): ContainerRun => {
  if (run.state !== "running") return run
  const behaviour = behaviourOf(container)
  const hook = preStopMs(container)
  const wish = !behaviour || behaviour.onTerm === "ignored" ? Number.POSITIVE_INFINITY : hook + behaviour.onTerm.afterMs
  const isKilled = wish > graceMs
  const stopAt = now + Math.min(wish, graceMs)
  if (run.stopAt !== undefined && run.stopAt <= stopAt) return run
  const code = behaviour && behaviour.onTerm !== "ignored" ? behaviour.onTerm.code : 143
  return { ...run, stopAt, stopCode: isKilled ? 137 : code }
}
