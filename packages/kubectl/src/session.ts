import { type Api, createApi } from "./api/api.ts"
import { type Discovery, discover } from "./api/discovery.ts"
import { Failure, interrupted } from "./failure.ts"
import type { Flags, ParsedArguments } from "./flags/flag-set.ts"
import { goQuote } from "./go-json.ts"
import type { KubectlHost, ProgramIO } from "./host.ts"

/** The one context of the learner's kubeconfig. */
export const CONTEXT = { name: "pilotage", cluster: "pilotage", user: "kubernetes-admin" } as const

/** One run of one command: what it was given and the world around it. */
export interface Session {
  readonly host: KubectlHost
  readonly io: ProgramIO
  readonly api: Api
  readonly flags: Flags
  readonly args: readonly string[]
  readonly dash: number | undefined
  /** `get`, `create service clusterip`: for hints in messages. */
  readonly command: string
  readonly namespace: string
  /** Did the user say -n? Then files must agree with it. */
  readonly namespaceGiven: boolean
  /** What the server serves; asked once a run. */
  readonly discovery: () => Promise<Discovery>
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
  readonly warn: (words: string) => void
  /** Throws when Ctrl-C was pressed. */
  readonly checkInterrupt: () => void
}

const checkContext = (flags: Flags): void => {
  const context = flags.text("context")
  if (context !== "" && context !== CONTEXT.name)
    throw new Failure(`Error in configuration: context was not found for specified context: ${context}`)
  const cluster = flags.text("cluster")
  if (cluster !== "" && cluster !== CONTEXT.cluster)
    throw new Failure(`error: no server found for cluster ${goQuote(cluster)}`)
  const user = flags.text("user")
  if (user !== "" && user !== CONTEXT.user) throw new Failure(`error: auth info ${goQuote(user)} does not exist`)
}

const checkServer = (flags: Flags, host: KubectlHost): void => {
  const server = flags.text("server")
  if (server === "" || server === host.serverAddress) return
  const address = server.replace(/^[a-z]+:\/\//, "").replace(/\/.*$/, "")
  throw new Failure(`The connection to the server ${address} was refused - did you specify the right host or port?`)
}

export const createSession = (host: KubectlHost, io: ProgramIO, command: string, parsed: ParsedArguments): Session => {
  const { flags } = parsed
  checkContext(flags)
  checkServer(flags, host)
  const warn = (words: string): void => io.stderr(`Warning: ${words}\n`)
  const groups = flags.list("as-group")
  const seen = new Set<string>()
  const api = createApi(
    host,
    (words) => {
      if (seen.has(words)) return
      seen.add(words)
      warn(words)
    },
    {
      ...(flags.text("as") === "" ? {} : { "impersonate-user": flags.text("as") }),
      ...(groups.length === 0 ? {} : { "impersonate-group": groups.join(",") }),
    },
  )
  let discovery: Promise<Discovery> | undefined
  return {
    host,
    io,
    api,
    flags,
    args: parsed.args,
    dash: parsed.dash,
    command,
    namespace: flags.text("namespace") || host.defaultNamespace,
    namespaceGiven: flags.changed("namespace"),
    discovery() {
      discovery ??= discover(api)
      return discovery
    },
    print: (line) => io.stdout(`${line}\n`),
    printError: (line) => io.stderr(`${line}\n`),
    warn,
    checkInterrupt() {
      if (io.cancellation.cancelled) throw interrupted()
    },
  }
}
