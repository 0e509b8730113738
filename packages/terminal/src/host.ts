import type { KubeAnswer, KubeRequest } from "@pilotage/kube-model"
import type { Clock } from "@pilotage/kubectl"

export type { Clock, ProgramIO } from "@pilotage/kubectl"

/** Who runs a program; opaque to the shell, handed back to the network. */
export type Origin =
  | { readonly kind: "pod"; readonly namespace: string; readonly name: string }
  | { readonly kind: "node"; readonly name: string }
  | { readonly kind: "outside"; readonly ip: string }
  | { readonly kind: "node-network"; readonly ip: string }

export interface Machine {
  readonly origin: Origin
  readonly hostname: string
  readonly user: string
  readonly env: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly programs: readonly string[]
  /** Tells one life of a container from the next, which has fresh files. */
  readonly life?: string
}

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly maxTimeMs?: number
  readonly connectTimeoutMs?: number
}

export type HttpOutcome =
  | {
      readonly kind: "response"
      readonly status: number
      readonly statusText: string
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
      readonly remote: { readonly ip: string; readonly port: number }
    }
  | { readonly kind: "failure"; readonly exitCode: number; readonly message: string }

/** A connection of a program that speaks for itself: what it sends at once, and to whom. */
interface DialRequest {
  readonly host: string
  readonly port: number
  readonly protocol: "TCP" | "UDP"
  readonly payload?: string
  readonly timeoutMs?: number
}

export type DialOutcome =
  | {
      readonly kind: "open"
      readonly remote: { readonly ip: string; readonly port: number }
      /** Everything that comes back; absent: nothing does. */
      readonly reply?: string
      /** The server ends the connection after that. */
      readonly closes: boolean
    }
  | {
      readonly kind: "failure"
      readonly verdict: "refused" | "timeout" | "unreachable" | "name-not-found" | "empty-reply"
    }

export type DnsType = "A" | "AAAA" | "SRV" | "PTR" | "CNAME"
export type DnsCode = "NOERROR" | "NXDOMAIN" | "SERVFAIL"

export interface DnsAnswer {
  readonly server: string
  readonly steps: readonly { readonly query: string; readonly type: DnsType; readonly rcode: DnsCode }[]
  readonly rcode: DnsCode
  readonly records: readonly {
    readonly name: string
    readonly ttl: number
    readonly type: DnsType
    readonly data: string
  }[]
}

export interface PingAnswer {
  readonly ip?: string
  readonly outcome: "reply" | "loss" | "host-unreachable" | "port-unreachable" | "unknown-host"
  readonly roundTripMs: number
  /** Who sent the ICMP error, if one came back. */
  readonly reporter?: string
  /** The sender's own rules refuse the packet: the system call fails too. */
  readonly notPermitted?: true
}

/** The network and machines as the learner's programs meet them. The embedded cluster fits it as it is. */
export interface Network {
  readonly http: (from: Origin, request: HttpRequest) => { readonly outcome: HttpOutcome; readonly durationMs: number }
  readonly dial: (from: Origin, request: DialRequest) => { readonly outcome: DialOutcome; readonly durationMs: number }
  readonly resolve: (from: Origin, name: string, type: DnsType, search: boolean) => DnsAnswer
  readonly ping: (from: Origin, host: string) => PingAnswer
  /** The machine inside a container, or the API server's words why not. */
  readonly podMachine: (target: {
    readonly namespace: string
    readonly pod: string
    readonly container?: string
  }) => Machine | { readonly error: string }
  readonly nodeMachine: (node: string) => Machine | { readonly error: string }
  readonly outsideMachine: () => Machine
}

export interface TerminalHost {
  readonly network: Network
  readonly transport: (request: KubeRequest) => Promise<KubeAnswer>
  readonly clock: Clock
  /** Opens the learner's editor on a text. */
  readonly edit: (name: string, text: string) => Promise<string | undefined>
  /** Files in the learner's home on the outside machine (the lab's manifests); written by redirects and the editor. */
  readonly files: FileTree
  readonly defaultNamespace: string
}

/** A flat map of absolute paths to texts. Folders exist by having files below them. */
export interface FileTree {
  readonly read: (path: string) => string | undefined
  readonly write: (path: string, text: string) => void
  readonly remove: (path: string) => boolean
  readonly list: () => readonly string[]
}
