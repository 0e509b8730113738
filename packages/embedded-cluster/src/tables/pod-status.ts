import {
  type ContainerState,
  type ContainerStatus,
  conditionStatus,
  isPodTerminal,
  type Pod,
  parseTime,
} from "@pilotage/kube-model"

export interface PodSummary {
  readonly ready: number
  readonly total: number
  readonly restarts: number
  /** Milliseconds; when a container last ended before it was started again. */
  readonly lastRestart?: number
  /** The STATUS column. */
  readonly reason: string
}

type Terminated = NonNullable<ContainerState["terminated"]> & { readonly signal?: number }

const lastEnd = (statuses: readonly ContainerStatus[]): number | undefined => {
  const times = statuses.flatMap((each) => {
    const at = parseTime(each.lastState?.terminated?.finishedAt ?? "")
    return at === undefined ? [] : [at]
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

const endReason = ({ reason, signal, exitCode }: Terminated): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`)

const sum = (statuses: readonly ContainerStatus[]): number =>
  statuses.reduce((total, each) => total + each.restartCount, 0)

interface Initialisation {
  readonly statuses: readonly ContainerStatus[]
  /** What keeps the pod from starting; absent when nothing does. */
  readonly reason?: string
  readonly ready: number
  readonly sidecars: readonly ContainerStatus[]
}

/** Goes through the init containers up to the first that is not done. */
const initialisation = (pod: Pod): Initialisation => {
  const specs = pod.spec.initContainers ?? []
  const isSidecar = (name: string): boolean =>
    specs.some((each) => each.name === name && each.restartPolicy === "Always")
  const seen: ContainerStatus[] = []
  const sidecars: ContainerStatus[] = []
  let ready = 0
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    seen.push(status)
    if (isSidecar(status.name)) sidecars.push(status)
    const ended = status.state?.terminated
    const waiting = status.state?.waiting?.reason
    if (ended?.exitCode === 0) continue
    if (isSidecar(status.name) && status.started === true) {
      if (status.ready) ready += 1
      continue
    }
    const reason = ended
      ? `Init:${endReason(ended)}`
      : waiting && waiting !== "PodInitializing"
        ? `Init:${waiting}`
        : `Init:${index}/${specs.length}`
    return { statuses: seen, reason, ready, sidecars }
  }
  return { statuses: seen, ready, sidecars }
}

const startReason = (pod: Pod): string => {
  const gated = (pod.status?.conditions ?? []).some(
    ({ type, reason }) => type === "PodScheduled" && reason === "SchedulingGated",
  )
  return gated ? "SchedulingGated" : pod.status?.reason || (pod.status?.phase ?? "")
}

/** Containers from the last to the first: the first one's trouble is what is shown. */
const runningSummary = (pod: Pod, before: string): { readonly reason: string; readonly ready: number } => {
  let reason = before
  let ready = 0
  for (const status of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = status.state ?? {}
    if (waiting?.reason) reason = waiting.reason
    else if (terminated) reason = endReason(terminated)
    else if (status.ready && running) ready += 1
  }
  if (reason !== "Completed" || ready === 0) return { reason, ready }
  return { ready, reason: conditionStatus(pod.status?.conditions, "Ready") === "True" ? "Running" : "NotReady" }
}

/** READY, STATUS and RESTARTS of `kubectl get pods` (kubernetes 1.36 `pkg/printers/internalversion/printers.go` printPod). */
export const summarizePod = (pod: Pod): PodSummary => {
  const initial = initialisation(pod)
  const sidecarCount = (pod.spec.initContainers ?? []).filter((each) => each.restartPolicy === "Always").length
  const isStarted = initial.reason === undefined || conditionStatus(pod.status?.conditions, "Initialized") === "True"
  const before = initial.reason ?? startReason(pod)
  const running = isStarted ? runningSummary(pod, before) : { reason: before, ready: 0 }
  const counted = isStarted ? [...initial.sidecars, ...(pod.status?.containerStatuses ?? [])] : initial.statuses
  const lastRestart = lastEnd(counted)
  const isGoing = pod.metadata.deletionTimestamp !== undefined
  const reason =
    isGoing && pod.status?.reason === "NodeLost"
      ? "Unknown"
      : isGoing && !isPodTerminal(pod)
        ? "Terminating"
        : running.reason
  return {
    ready: initial.ready + running.ready,
    total: pod.spec.containers.length + sidecarCount,
    restarts: sum(counted),
    ...(lastRestart === undefined ? {} : { lastRestart }),
    reason,
  }
}
