import type { KubeObject, Pod } from "@pilotage/kube-model"
import type { ClusterPort } from "./cluster-port.ts"
import type { Answers, LabBrief } from "./lab.ts"

/** What a check looks at. */
export interface Grading {
  readonly lab: LabBrief
  readonly port: ClusterPort
  readonly answers: Answers
}

/** What a check found, before its id, weight and hint are added. */
export interface Finding {
  readonly status: "pass" | "fail"
  readonly expected: string
  readonly observed: string
  readonly why: string
  /** Always there when the check failed. */
  readonly reason?: string
  readonly evidence?: unknown
}

export const passed = (expected: string, observed: string, why: string, evidence?: unknown): Finding => ({
  status: "pass",
  expected,
  observed,
  why,
  ...(evidence === undefined ? {} : { evidence }),
})

export const failed = (
  expected: string,
  observed: string,
  why: string,
  reason: string,
  evidence?: unknown,
): Finding => ({ status: "fail", expected, observed, why, reason, ...(evidence === undefined ? {} : { evidence }) })

const isPod = (object: KubeObject): object is Pod => object.kind === "Pod" && object.apiVersion === "v1"

/** Pods that run and are not on their way out, in order of their names. */
export const runningPods = async (
  { port, lab }: Grading,
  set: { readonly namespace?: string | undefined; readonly labels: string },
): Promise<readonly Pod[]> => {
  const found = await port.list("v1", "Pod", set.namespace ?? lab.namespace, set.labels)
  return found
    .filter(isPod)
    .filter((pod) => pod.status?.phase === "Running" && pod.metadata.deletionTimestamp === undefined)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
}

/** `one pod`, `3 pods` */
export const counted = (count: number, noun: string): string =>
  count === 1 ? `one ${noun}` : count === 0 ? `no ${noun}` : `${count} ${noun}s`
