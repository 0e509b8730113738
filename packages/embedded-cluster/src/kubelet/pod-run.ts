import type { Random } from "@pilotage/kube-model"

/** How a container's process ended. Times are virtual milliseconds. */
export interface Exit {
  readonly code: number
  readonly reason: "Completed" | "Error" | "StartError"
  readonly message?: string
  readonly startedAt: number
  readonly finishedAt: number
  readonly id: string
}

export interface ProbeRun {
  /** Absent: nothing that could change the result any more. */
  readonly nextAt?: number
  readonly successes: number
  readonly failures: number
  readonly passed: boolean
}

export type ProbeKind = "startup" | "readiness" | "liveness"

/** What a kubelet knows of a container beyond the API: when what happens next. */
export interface ContainerRun {
  readonly name: string
  readonly image: string
  readonly state: "waiting" | "pull-failed" | "running" | "exited"
  /** Next start, pull, end by itself or restart. */
  readonly at?: number
  /** When the status says CrashLoopBackOff or ImagePullBackOff instead of what went wrong. */
  readonly showBackOffAt?: number
  /** When the Event about the back-off is due. */
  readonly noteBackOffAt?: number
  readonly backOffMs?: number
  readonly isBackingOff?: boolean
  readonly message?: string
  readonly id?: string
  readonly startedAt?: number
  /** A signal was sent; then the process ends with `stopCode`. */
  readonly stopAt?: number
  readonly stopCode?: number
  readonly exit?: Exit
  readonly last?: Exit
  readonly restarts: number
  /** Ends and failed pulls in a row: they set the back-off. */
  readonly strikes: number
  readonly probes: { readonly [kind in ProbeKind]?: ProbeRun }
}

export interface PodRun {
  readonly uid: string
  readonly sandboxAt: number
  readonly ip?: string
  readonly init: readonly ContainerRun[]
  readonly containers: readonly ContainerRun[]
  readonly killing?: boolean
  /** It comes from a manifest on the node, not from the API. */
  readonly isStatic?: boolean
  /** All containers have ended and the pod object goes then. */
  readonly removeAt?: number
}

export const newContainerRun = (name: string, image: string): ContainerRun => ({
  name,
  image,
  state: "waiting",
  restarts: 0,
  strikes: 0,
  probes: {},
})

export const containerId = (random: Random): string =>
  Array.from({ length: 8 }, () => random.below(4294967296).toString(16).padStart(8, "0")).join("")
