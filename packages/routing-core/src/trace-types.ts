import type { Protocol } from "@pilotage/kube-model"

/** Who sends the request. */
export type Origin =
  | { readonly kind: "pod"; readonly namespace: string; readonly name: string }
  | { readonly kind: "node"; readonly name: string }
  /** A client beyond the cluster's border, `203.0.113.7`. It has a route to nodes and load balancers only. */
  | { readonly kind: "outside"; readonly ip: string }
  /** Another container on the node network, `172.18.0.99`. */
  | { readonly kind: "node-network"; readonly ip: string }

export interface RouteRequest {
  readonly from: Origin
  /** A name as typed, or an IP. */
  readonly to: string
  readonly port: number
  readonly protocol: Protocol
  /** Numbers in [0, 1) for the random choices along the way, in order (node behind a load balancer, then endpoint). Missing ones count as 0. */
  readonly picks?: readonly number[]
  /** The endpoint (`ip:port`) that session affinity remembers for this client, if any. */
  readonly affinity?: string
  /** The endpoint (`ip:port`) to which this connection, or UDP flow, was translated when it began: it is not a new one. */
  readonly established?: string
}

export type Verdict = "delivered" | "refused" | "timeout" | "unreachable" | "name-not-found" | "empty-reply"

/** `environment`: the rules leave it to the network around the cluster; another one may answer otherwise. */
export type Certainty = "certain" | "environment"

/** `R12`; the text of each rule is in SPEC.md and `RULES`. */
export type RuleId = `R${number}`

export interface ObjectRef {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** The object and field that made something happen. `path` as kubectl explain writes it, `value` as JSON text. */
export interface Cause {
  readonly object: ObjectRef
  readonly path?: string
  readonly value?: string
}

export interface DnsStep {
  /** The fully qualified name that was asked for, with trailing dot. */
  readonly query: string
  readonly type: "A" | "AAAA" | "SRV" | "PTR" | "CNAME"
  readonly rcode: "NOERROR" | "NXDOMAIN" | "SERVFAIL"
  readonly answers: readonly string[]
  readonly server: string
  /** Set when the server did not answer at all; `rcode` says SERVFAIL for want of a code. */
  readonly noAnswer?: true
  readonly rule: RuleId
  readonly cause?: Cause
}

export interface Address {
  readonly ip: string
  /** Absent for an ephemeral source port. */
  readonly port?: number
}

export interface Packet {
  readonly source: Address
  readonly destination: Address
  readonly protocol: Protocol
}

export type Place =
  | { readonly kind: "outside"; readonly name: string }
  | { readonly kind: "load-balancer"; readonly name: string; readonly ip: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "pod"; readonly namespace: string; readonly name: string; readonly node: string }

export interface Hop {
  readonly at: Place
  /** What the packet looks like on entry and, unless it ends here, on exit. */
  readonly entry: Packet
  readonly exit: Packet | undefined
  /** `send`, `forward`: unchanged; `dnat`, `snat`, `dnat+snat`: rewritten; the rest end the journey. */
  readonly action:
    | "send"
    | "forward"
    | "dnat"
    | "snat"
    | "dnat+snat"
    | "answer"
    | "reject"
    | "reset"
    | "drop"
    | "unreachable"
  readonly rule: RuleId
  readonly cause?: Cause
  /** One plain sentence: what happened here and why. */
  readonly says: string
}

/** HTTP answer of kube-proxy on a Service's healthCheckNodePort. */
export interface HealthCheckAnswer {
  readonly service: ObjectRef
  readonly status: 200 | 503
  readonly localEndpoints: number
}

export interface Backend {
  readonly ip: string
  readonly port: number
  readonly namespace?: string
  readonly pod?: string
  readonly node?: string
  /** The client address that this backend sees. */
  readonly sourceSeen: string
  /** Set when a connection that lands here fails all the same (nothing listens on the target port). */
  readonly refuses?: boolean
  /** Set when packets that are sent here vanish: the pod is gone, its node is stopped, or a NetworkPolicy drops them. */
  readonly silent?: boolean
  /** It is kube-proxy itself that answers, for a load balancer that asks whether the node has endpoints. */
  readonly healthCheck?: HealthCheckAnswer
}

/** The service and route that a request used, if any: pictures colour by it. */
export interface RouteTaken {
  readonly kind: "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalIP" | "direct"
  readonly service?: ObjectRef
  readonly servicePort?: string
}

export interface Failure {
  /** One of REASONS. */
  readonly code: string
  readonly message: string
  readonly cause?: Cause
  /** The smallest change that would make the request work, as a sentence; commands where one exists. */
  readonly fix: string
  readonly command?: string
}

export interface Note {
  readonly code: string
  readonly message: string
}

/** Everything that happens to one request. Absence is a value here, never an exception. */
export interface Trace {
  readonly request: RouteRequest
  readonly dns: readonly DnsStep[]
  /** The address that the client connects to; absent when the name does not resolve. */
  readonly destination?: string
  readonly route: RouteTaken
  /** The first is the client's sending, whenever there is a destination; the last is where the journey ends. */
  readonly hops: readonly Hop[]
  readonly verdict: Verdict
  readonly certainty: Certainty
  /** All backends that may answer this request; `hops` shows the way to `chosen`. */
  readonly backends: readonly Backend[]
  readonly chosen?: Backend
  readonly curl: { readonly exitCode: number; readonly message?: string }
  /** How long until the verdict is known, in milliseconds, without curl's own limits (a timeout: the kernel's 127 s). */
  readonly afterMs: number
  readonly failure?: Failure
  readonly notes: readonly Note[]
  /** sessionAffinity ClientIP: where the node that translated the connection remembers the client, and for how long. */
  readonly affinity?: { readonly key: string; readonly timeoutSeconds: number }
}

/** The outcome of a request without its story: what `trace` says of it, and nothing that takes time to put into words. */
export interface Decision {
  readonly verdict: Verdict
  readonly certainty: Certainty
  readonly exitCode: number
  readonly destination?: string
  readonly chosen?: Backend
}
