import type { KubeObject } from "./object-meta.ts"

/** metav1.Status: the body of every API error. */
export interface Status {
  readonly kind: "Status"
  readonly apiVersion: "v1"
  readonly metadata: Readonly<Record<string, unknown>>
  readonly status: "Success" | "Failure"
  readonly message?: string
  readonly reason?: string
  readonly details?: {
    readonly name?: string
    readonly group?: string
    readonly kind?: string
    readonly uid?: string
    readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[]
    readonly retryAfterSeconds?: number
  }
  readonly code: number
}

/** meta.k8s.io/v1 Table: what `kubectl get` prints. The server owns columns and cells. */
export interface Table {
  readonly kind: "Table"
  readonly apiVersion: "meta.k8s.io/v1"
  readonly metadata: { readonly resourceVersion?: string; readonly continue?: string }
  readonly columnDefinitions: readonly {
    readonly name: string
    readonly type: string
    readonly format: string
    readonly description: string
    /** 0 is shown always, above 0 only with `-o wide`. */
    readonly priority: number
  }[]
  readonly rows: readonly {
    readonly cells: readonly (string | number | boolean | null)[]
    readonly object: KubeObject
  }[]
}

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR"
  readonly object: KubeObject | Table | Status
}
