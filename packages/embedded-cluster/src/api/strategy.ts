import type { KubeObject, Random, Result, Status } from "@pilotage/kube-model"
import type { Store } from "../store/store.ts"
import type { Asker } from "./asker.ts"
import type { FieldError } from "./field-error.ts"

/** What a strategy may look at while it works on one request. */
export interface StrategyContext {
  readonly store: Store
  readonly random: Random
  /** Virtual milliseconds. */
  readonly now: number
  readonly dryRun: boolean
  readonly config: ApiConfig
  /** Who asks; absent where nobody in particular does. */
  readonly asker?: Asker
}

export interface ApiConfig {
  /** The first is the primary family. At most one per family. */
  readonly serviceCIDRs: readonly string[]
  readonly nodePortRange: { readonly from: number; readonly to: number }
}

/**
 * What is particular to one resource; all steps are pure. Order of a create: defaults, allocate, prepareCreate, validate.
 * Of an update: defaults, allocate, prepareUpdate, validate, validateUpdate (apiserver `registry/generic/registry/store.go`).
 */
export interface Strategy {
  /** Fills in what was not given; runs on every decoded object. */
  readonly defaults: (object: KubeObject) => KubeObject
  /** Chooses addresses and ports, and completes an update from what is stored. */
  readonly allocate?: (
    object: KubeObject,
    old: KubeObject | undefined,
    context: StrategyContext,
  ) => Result<KubeObject, Status>
  /** Drops what a client may not set when it creates. */
  readonly prepareCreate?: (object: KubeObject, context: StrategyContext) => KubeObject
  /** Keeps from `old` what a client may not change through this path. */
  readonly prepareUpdate?: (object: KubeObject, old: KubeObject) => KubeObject
  /** prepareUpdate decides about the status itself; otherwise only `/status` may change it. */
  readonly ownsStatus?: boolean
  readonly validate: (object: KubeObject, old: KubeObject | undefined) => readonly FieldError[]
  readonly validateUpdate?: (object: KubeObject, old: KubeObject) => readonly FieldError[]
  /** Checks of a write to `/status`; `object` has the new status on the old spec. */
  readonly validateStatus?: (object: KubeObject, old: KubeObject) => readonly FieldError[]
  /** Last touch on a valid object before it is stored. */
  readonly finish?: (object: KubeObject) => KubeObject
  readonly warnings?: (object: KubeObject, old: KubeObject | undefined) => readonly string[]
  /** Fields that `fieldSelector` may name beside metadata.name and metadata.namespace. */
  readonly selectable?: Readonly<Record<string, (object: KubeObject) => string>>
  /** A warning that every request for the resource carries, reads too. */
  readonly deprecation?: string
}
