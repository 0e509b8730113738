import type { ListeningSocket } from "@pilotage/routing-core"

/** What a process in a container gets to see of a request; `path` carries the query. */
export interface PlainRequest {
  readonly method: string
  readonly path: string
  /** Names in lower case; `host` is always there. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Where and when a process is asked. */
export interface Visit {
  readonly hostname: string
  readonly podIP: string
  /** The client as the process sees it: address and port. */
  readonly source: { readonly ip: string; readonly port: number }
  readonly port: number
  /** Virtual milliseconds since 1970. */
  readonly now: number
  readonly startedAt: number
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The line that the program writes about this request, if it writes one. */
  readonly log?: string
  /** The process ends instead of answering, with this exit code: the client gets an empty reply. */
  readonly exits?: number
}

/** How a container's main process behaves, computed from image, command and arguments alone. */
export interface Behaviour {
  /** Open from `listensAfterMs` after the start until the process ends. */
  readonly sockets: readonly ListeningSocket[]
  readonly listensAfterMs: number
  /** It speaks HTTP over TLS alone. */
  readonly isTls?: boolean
  /** Set when the process ends by itself. */
  readonly exit?: { readonly afterMs: number; readonly code: number }
  /** `ignored`: it takes SIGKILL to end it (a shell or `sleep` as process 1). */
  readonly onTerm: { readonly afterMs: number; readonly code: number } | "ignored"
  /** What it writes by itself after the start. `environment` tells the variables that it was started with. */
  readonly lines: (
    startedAt: number,
    environment: () => Readonly<Record<string, string>>,
  ) => readonly { readonly afterMs: number; readonly text: string }[]
  /** Answers HTTP on its TCP sockets; absent: it speaks no HTTP. */
  readonly respond?: (request: PlainRequest, visit: Visit) => Reply
  /** What it says on sockets where it speaks no HTTP, to what a client sent first; absent or undefined: nothing. */
  readonly converse?: (payload: string, visit: Visit, protocol: ListeningSocket["protocol"]) => string | undefined
}

interface Launch {
  /** The whole command line: the container's command and args, or the image's own where they are not given. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** An image that every node can have. */
export interface Image {
  /** Without registry and tag where Docker Hub is meant: `nginx`, `curlimages/curl`, `registry.k8s.io/pause`. */
  readonly repository: string
  readonly hasTag: (tag: string) => boolean
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly sizeBytes: number
  /** Programs that exec finds, without the ones that run as process 1. */
  readonly programs: readonly string[]
  readonly user: string
  readonly env: Readonly<Record<string, string>>
  /** undefined: the image has no such program. */
  readonly run: (launch: Launch) => Behaviour | undefined
}

const silent = (): readonly never[] => []

/** A process that waits for ever and answers nobody. */
export const idle = (onTerm: Behaviour["onTerm"]): Behaviour => ({
  sockets: [],
  listensAfterMs: 0,
  onTerm,
  lines: silent,
})

/** A process that writes something and ends. */
export const ending = (code: number, texts: readonly string[] = [], afterMs = 20): Behaviour => ({
  sockets: [],
  listensAfterMs: 0,
  exit: { afterMs, code },
  onTerm: { afterMs: 10, code: 143 },
  lines: () => texts.map((text) => ({ afterMs: 10, text })),
})

export const tcp = (port: number, address: ListeningSocket["address"] = "0.0.0.0"): ListeningSocket => ({
  address,
  port,
  protocol: "TCP",
})
