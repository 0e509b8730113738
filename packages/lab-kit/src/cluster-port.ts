import type { KubeObject } from "@pilotage/kube-model"
import type { DnsStep, Origin, Trace } from "@pilotage/routing-core"

export interface ObjectKey {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

export interface CurlProbe {
  readonly from: Origin
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly maxTimeMs: number
  /** How many connections, one after another. */
  readonly connections: number
}

export interface CurlObservation {
  readonly exitCode: number
  /** curl's own line, for failures. */
  readonly message?: string
  readonly status?: number
  readonly body?: string
  /** The pod that answered (`namespace/name`), where it is known. */
  readonly backend?: string
  /** The client address that the backend saw, where it is known. */
  readonly sourceSeen?: string
}

/** A curl that the learner ran, from where, and what came back. */
export interface LearnerCurl {
  readonly at: number
  readonly from: Origin
  readonly url: string
  readonly observation: CurlObservation
}

export interface LogQuery {
  readonly namespace: string
  readonly labels: string
}

/** A cluster as labs and graders see it. Three adapters: embedded, kind, kubeconfig. A failed call rejects: the check is then an `error`. */
export interface ClusterPort {
  readonly backend: "embedded" | "kind" | "kubeconfig"
  readonly get: (key: ObjectKey) => Promise<KubeObject | undefined>
  readonly list: (
    apiVersion: string,
    kind: string,
    namespace: string,
    labels?: string,
  ) => Promise<readonly KubeObject[]>
  /** The object as it was when the lab started; undefined when it was not there. */
  readonly getAtStart: (key: ObjectKey) => Promise<KubeObject | undefined>
  readonly curl: (probe: CurlProbe) => Promise<readonly CurlObservation[]>
  readonly resolve: (
    from: Origin,
    name: string,
    type: DnsStep["type"],
  ) => Promise<{ readonly rcode: string; readonly answers: readonly string[] }>
  readonly logs: (query: LogQuery) => Promise<string>
  readonly learnerCurls: () => Promise<readonly LearnerCurl[]>
  /** Why a request ends as it does, computed by routing-core from the cluster's objects. */
  readonly explain: (from: Origin, to: string, port: number) => Promise<Trace>
  /** Waits until the cluster has worked off what was asked of it, at most so long. */
  readonly settle: (atMostMs: number) => Promise<void>
}
