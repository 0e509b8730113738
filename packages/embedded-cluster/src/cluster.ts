import type {
  InputError,
  KubeAnswer,
  KubeObject,
  KubeRequest,
  PlainKubeRequest,
  RandomState,
  Result,
  Status,
} from "@pilotage/kube-model"
import type {
  ClusterState,
  DnsStep,
  NetworkConfig,
  Origin,
  RouteRequest,
  RoutingTable,
  Trace,
} from "@pilotage/routing-core"
import type { LoadBalancerName } from "./controllers/load-balancers/environment.ts"

export interface Topology {
  /** Number of nodes, 1 to 100. `node-1` 172.18.0.2 with pods 10.244.1.0/24 carries the control plane and takes pods too. */
  readonly nodes: number
  /** Their names instead of `node-1`…: one for each, all different. */
  readonly names?: readonly string[]
  /**
   * The first node has kubeadm's taint and takes only pods that tolerate it, as in a real cluster of several nodes; pod
   * networks then begin with 10.244.0.0/24. Default: false.
   */
  readonly dedicatedControlPlane?: boolean
}

export interface ClusterOptions {
  readonly seed: number
  readonly topology?: Topology
  readonly config?: Partial<NetworkConfig>
  /** Who serves Services of type LoadBalancer, by its name in `loadBalancerEnvironments`. Default: `none`, nobody. */
  readonly loadBalancerController?: LoadBalancerName
  /** Applied in order at the start (before the log), as an administrator would. */
  readonly objects?: readonly KubeObject[]
  /** Virtual milliseconds since 1970 at the start. Default 2026-01-05T09:00:00Z. */
  readonly startTime?: number
}

export interface HttpRequest {
  readonly method: string
  /** As typed: `web`, `http://web:8080/hostname`, `https://172.18.255.200`. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** curl -m and --connect-timeout, in milliseconds. */
  readonly maxTimeMs?: number
  readonly connectTimeoutMs?: number
}

/** One request on the data plane and what came of it. Kept, newest last, at most 1,000. */
export interface HttpExchange {
  readonly id: number
  /** Virtual time of the start. */
  readonly at: number
  readonly from: Origin
  readonly request: HttpRequest
  readonly trace: Trace
  readonly durationMs: number
  readonly outcome:
    | {
        readonly kind: "response"
        readonly status: number
        readonly statusText: string
        readonly headers: Readonly<Record<string, string>>
        readonly body: string
        readonly remote: { readonly ip: string; readonly port: number }
      }
    /** `message` without the `curl: (7) ` in front. */
    | { readonly kind: "failure"; readonly exitCode: number; readonly message: string }
}

/** A connection of a program that speaks for itself, as nc does: what it sends at once, and to whom. */
export interface DialRequest {
  readonly host: string
  readonly port: number
  readonly protocol: "TCP" | "UDP"
  /** Absent: it connects (TCP) and says nothing. */
  readonly payload?: string
  /** How long it waits for the connection, in milliseconds; absent: as long as the kernel. */
  readonly timeoutMs?: number
}

export interface Dial {
  readonly trace: Trace
  readonly durationMs: number
  readonly outcome:
    | {
        readonly kind: "open"
        readonly remote: { readonly ip: string; readonly port: number }
        /** Everything that comes back; absent: nothing does. */
        readonly reply?: string
        /** The server ends the connection after that. */
        readonly closes: boolean
      }
    /** `verdict` of the trace; over UDP `refused` means that ICMP said so. */
    | { readonly kind: "failure"; readonly verdict: Exclude<Trace["verdict"], "delivered"> }
}

export interface DnsAnswer {
  readonly server: string
  readonly steps: readonly DnsStep[]
  readonly rcode: DnsStep["rcode"]
  /** Records of the last step as they are printed by dig: name, TTL, class, type, data. */
  readonly records: readonly {
    readonly name: string
    readonly ttl: number
    readonly type: DnsStep["type"]
    readonly data: string
  }[]
}

export interface PingAnswer {
  /** Absent when the name does not resolve. */
  readonly ip?: string
  readonly outcome: "reply" | "loss" | "host-unreachable" | "port-unreachable" | "unknown-host"
  readonly roundTripMs: number
  /** Who sent the ICMP error, if one came back. */
  readonly reporter?: string
  /** The sender's own rules refuse the packet: the system call fails too. */
  readonly notPermitted?: true
}

/** Where a program runs and what it finds there. The terminal runs the program; the cluster says on what machine. */
export interface Machine {
  readonly origin: Origin
  readonly hostname: string
  readonly user: string
  readonly env: Readonly<Record<string, string>>
  /** Readable files, for example /etc/resolv.conf and /etc/hosts. */
  readonly files: Readonly<Record<string, string>>
  /** Programs in the image: `sh`, `curl`, `nslookup`… Others are "not found". */
  readonly programs: readonly string[]
  /** Of a container: tells one life of it from the next, which has fresh files. */
  readonly life?: string
}

export interface ExecTarget {
  readonly namespace: string
  readonly pod: string
  readonly container?: string
}

/** A request for a connection with a pod, taken apart and found good. `container` is always named. */
export type PodConnection =
  | {
      readonly kind: "exec" | "attach"
      readonly namespace: string
      readonly pod: string
      readonly container: string
      /** Of an attach: the command line of a process that waits for it; empty when the process runs by itself. */
      readonly command: readonly string[]
      readonly stdin: boolean
      readonly stdout: boolean
      readonly stderr: boolean
      readonly tty: boolean
    }
  | {
      readonly kind: "portforward"
      readonly namespace: string
      readonly pod: string
      readonly uid: string
      /** As in the query, which only WebSocket clients without a tunnel use. */
      readonly ports: readonly number[]
    }

/** What comes in from outside; everything else follows from it. */
export type Input =
  | { readonly kind: "request"; readonly request: PlainKubeRequest }
  | { readonly kind: "http"; readonly from: Origin; readonly request: HttpRequest }
  | { readonly kind: "dial"; readonly from: Origin; readonly request: DialRequest }
  | { readonly kind: "exit"; readonly target: ExecTarget; readonly exitCode: number }

/** The log of a session. Same options, same log, same state, byte for byte. */
export interface InputLog {
  readonly engine: string
  readonly entries: readonly { readonly at: number; readonly input: Input }[]
  /** Virtual time up to which the session ran. */
  readonly until: number
}

/** JSON all through: may be stored and sent. */
export interface Snapshot {
  readonly engine: string
  readonly now: number
  readonly random: RandomState
  readonly data: unknown
}

/** What `subscribe` tells: objects that changed and requests that travelled. */
export type ClusterEvent =
  | { readonly kind: "object"; readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: KubeObject }
  | { readonly kind: "http"; readonly exchange: HttpExchange }
  | { readonly kind: "time"; readonly now: number }

export interface Cluster {
  readonly options: ClusterOptions
  readonly now: () => number
  /** When the next thing is due, the end or a bookmark of an open watch too; undefined when nothing is. */
  readonly nextDue: () => number | undefined
  /** Moves the clock, from due time to due time. Negative durations count as 0. */
  readonly advance: (milliseconds: number) => void
  /** A Kubernetes API request. Reads and watches are not logged; writes are. */
  readonly request: (request: KubeRequest) => KubeAnswer
  /** A request over the data plane; logged. */
  readonly http: (from: Origin, request: HttpRequest) => HttpExchange
  /** Any other connection over the data plane; logged too. */
  readonly dial: (from: Origin, request: DialRequest) => Dial
  /** The process of a container that waited for an attach has ended; logged. Nothing happens when it does not run. */
  readonly exit: (target: ExecTarget, exitCode: number) => void
  /** Pure questions: they change nothing and are not logged. */
  readonly trace: (request: RouteRequest) => Trace
  readonly resolve: (from: Origin, name: string, type: DnsStep["type"], search: boolean) => DnsAnswer
  readonly ping: (from: Origin, host: string) => PingAnswer
  readonly exec: (target: ExecTarget) => Result<Machine, Status>
  /** What a request for a pod's exec, attach or portforward asks for, or why it is refused (before any upgrade). */
  readonly connect: (request: KubeRequest) => Result<PodConnection, Status>
  readonly nodeMachine: (node: string) => Result<Machine, Status>
  readonly outsideMachine: () => Machine
  readonly exchanges: () => readonly HttpExchange[]
  /** What routing-core sees now; kept up to date, never rebuilt from scratch. */
  readonly state: () => ClusterState
  readonly table: () => RoutingTable
  /** The one door for replay: does what the input says, now. */
  readonly apply: (input: Input) => void
  readonly log: () => InputLog
  readonly snapshot: () => Snapshot
  /** An independent copy that starts with the same state, time and generator. Cheap: objects are shared. */
  readonly fork: () => Cluster
  readonly subscribe: (listener: (event: ClusterEvent) => void) => () => void
}

/** Why a cluster could not be made or a log not be replayed; the path says where in the options, objects or log. */
export type ClusterError = InputError

export type CreateCluster = (options: ClusterOptions) => Result<Cluster, ClusterError>
export type RestoreCluster = (options: ClusterOptions, snapshot: Snapshot) => Result<Cluster, ClusterError>
/** Runs a log from the start. `limits` end a log that asks for too much: virtual time and inputs. */
export type ReplayCluster = (
  options: ClusterOptions,
  log: InputLog,
  limits?: { readonly entries: number; readonly durationMs: number },
) => Result<Cluster, ClusterError>
