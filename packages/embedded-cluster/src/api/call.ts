import type { JsonValue, KubeObject, KubeStream, Random, Result, Status } from "@pilotage/kube-model"
import type { Store, StoreError } from "../store/store.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import type { Asker } from "./asker.ts"
import type { Query } from "./request-path.ts"
import type { ResourceInfo } from "./resources.ts"
import { alreadyExists, conflict, notFound, type Subject } from "./status.ts"
import type { ApiConfig, Strategy } from "./strategy.ts"
import type { WatchHub } from "./watching/watch-hub.ts"

export interface LogOptions {
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  readonly tailLines?: number
  readonly sinceSeconds?: number
  readonly limitBytes?: number
}

export interface ApiHooks {
  readonly store: Store
  /** For generated names, addresses and ports; uids are drawn by the store. */
  readonly random: Random
  readonly now: () => number
  /** Does a write on the store and whatever follows from it. */
  readonly commit: (write: Write) => Result<StoreEvent | undefined, StoreError>
  /** A Lease as it is by now: its holder renews it without a write. Absent: as it is stored. */
  readonly asRead?: (lease: KubeObject) => KubeObject
  /** Absent: there are no logs to be had, and `/log` answers so. */
  readonly podLogs?: (
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
  ) => Result<string | KubeStream, Status>
}

/** One request for a resource, taken apart. */
export interface Call {
  readonly method: string
  readonly info: ResourceInfo
  readonly strategy: Strategy
  readonly namespace: string
  readonly inNamespace: boolean
  readonly name: string
  readonly subresource: string
  readonly query: Query
  readonly headers: Readonly<Record<string, string>>
  readonly body: JsonValue | undefined
  readonly asker: Asker
  readonly hooks: ApiHooks
  readonly watches: WatchHub
  readonly config: ApiConfig
}

export const subjectOf = (call: Pick<Call, "info" | "name">, name = call.name): Subject => ({
  resource: call.info.resource,
  group: call.info.group,
  name,
})

export const stored = (call: Call, name = call.name): KubeObject | undefined =>
  call.hooks.store.get(call.info.stored, call.info.namespaced ? call.namespace : "", name)

export const refusal = (call: Call, error: StoreError): Status => {
  const subject = subjectOf(call, error.name)
  if (error.reason === "already-exists") return alreadyExists(subject)
  return error.reason === "not-found" ? notFound(subject) : conflict(subject)
}

export const isDryRun = (call: Call): boolean => call.query.get("dryRun") === "All"
