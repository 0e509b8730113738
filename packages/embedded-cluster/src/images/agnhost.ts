import {
  type Behaviour,
  ending,
  type Image,
  idle,
  type PlainRequest,
  type Reply,
  tcp,
  type Visit,
} from "./behaviour.ts"
import { flagValue, portFlag } from "./flags.ts"
import { goHeaders, klogHead, splitPath } from "./http-text.ts"
import { SHELL_PROGRAMS } from "./programs.ts"

const plain = (visit: Visit, body: string, status = 200): Reply => ({
  status,
  headers: goHeaders(visit.now, body),
  body,
})

/** Go's time.Time in its default format, with the monotonic reading since the process started. */
const goTime = ({ now, startedAt }: Visit, text: string): string => {
  const clock = text.replace("T", " ").replace("Z", "")
  return `${clock}.${String(now % 1000).padStart(3, "0")} +0000 UTC m=+${((now - startedAt) / 1000).toFixed(3)}`
}

const exitCode = (text: string | undefined): number => (text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : 0)

/** The routes of netexec (kubernetes `test/images/agnhost/netexec`); every other path answers with the time. */
const netexec = (request: PlainRequest, visit: Visit, isoTime: string): Reply => {
  const { path, query } = splitPath(request.path)
  switch (path) {
    case "/hostname":
    case "/hostName":
      return plain(visit, visit.hostname)
    case "/clientip":
      return plain(visit, `${visit.source.ip}:${visit.source.port}`)
    case "/echo":
      return plain(visit, query.get("msg") ?? "", exitCode(query.get("code")) || 200)
    case "/header":
      return plain(visit, request.headers[(query.get("key") ?? "").toLowerCase()] ?? "")
    case "/healthz":
      return plain(visit, "")
    case "/exit":
      return { ...plain(visit, ""), exits: exitCode(query.get("code")) }
    case "/shutdown":
      return { ...plain(visit, ""), exits: 0 }
    case "/redirect":
      return {
        ...plain(visit, ""),
        status: exitCode(query.get("code")) || 302,
        headers: { Location: query.get("location") ?? "/", ...goHeaders(visit.now, "") },
      }
    default:
      return plain(visit, `NOW: ${goTime(visit, isoTime)}`)
  }
}

/** netexec's UDP server: a word, and what it says to it. An unknown word gets no answer. */
const overUDP = (payload: string, visit: Visit): string | undefined => {
  const [word = "", ...rest] = payload.trim().split(" ")
  switch (word.toLowerCase()) {
    case "hostname":
      return visit.hostname
    case "echo":
      return rest.join(" ")
    case "clientip":
      return `${visit.source.ip}:${visit.source.port}`
    default:
      return undefined
  }
}

const runNetexec = (argv: readonly string[], format: (now: number) => string): Behaviour => {
  const http = portFlag(argv, "http-port", 8080)
  const udp = portFlag(argv, "udp-port", 8081)
  if (http === undefined || udp === undefined)
    return ending(1, ["Error: invalid argument for a port flag: strconv.ParseInt: parsing: value out of range"])
  return {
    sockets: [tcp(http), { address: "0.0.0.0", port: udp, protocol: "UDP" }],
    listensAfterMs: 0,
    onTerm: { afterMs: 40, code: 0 },
    lines: (startedAt) => [
      { afterMs: 6, text: `${klogHead(startedAt + 6)}Started HTTP server on port ${http}` },
      { afterMs: 7, text: `${klogHead(startedAt + 7)}Started UDP server on port  ${udp}` },
    ],
    respond: (request, visit) => ({
      ...netexec(request, visit, format(visit.now)),
      log: `${klogHead(visit.now)}GET ${splitPath(request.path).path}`,
    }),
    converse: (payload, visit, protocol) => (protocol === "UDP" ? overUDP(payload, visit) : undefined),
  }
}

const ROOT_LISTING = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${[
  ...["agnhost", "bin/", "dev/", "etc/", "home/", "lib/", "proc/", "root/", "run/", "sbin/", "sys/", "tmp/", "usr/"],
  "var/",
]
  .map((name) => `<a href="${name}">${name}</a>\n`)
  .join("")}</pre>\n`

const isOn = (argv: readonly string[], flag: string): boolean =>
  argv.includes(`--${flag}`) || flagValue(argv, flag) === "true"

/** HTTP unless --http=false; --tcp says the name to whoever connects, --udp to any packet. */
const runServeHostname = (argv: readonly string[]): Behaviour => {
  const port = portFlag(argv, "port", 9376) ?? 9376
  const speaksTCP = isOn(argv, "tcp")
  const speaksHTTP = !speaksTCP && flagValue(argv, "http") !== "false"
  return {
    sockets: [
      ...(speaksHTTP || speaksTCP ? [tcp(port)] : []),
      ...(isOn(argv, "udp") ? [{ address: "0.0.0.0", port, protocol: "UDP" } as const] : []),
    ],
    listensAfterMs: 0,
    onTerm: { afterMs: 20, code: 0 },
    lines: (startedAt) => [{ afterMs: 5, text: `${klogHead(startedAt + 5)}Serving on port ${port}.` }],
    ...(speaksHTTP ? { respond: (_: PlainRequest, visit: Visit) => plain(visit, visit.hostname) } : {}),
    converse: (_, visit, protocol) => (speaksHTTP && protocol === "TCP" ? undefined : `${visit.hostname}\n`),
  }
}

/** A file server of the container's root, on port 80 (`--port`). */
const runTestWebserver = (argv: readonly string[]): Behaviour => {
  const port = portFlag(argv, "port", 80) ?? 80
  return {
    sockets: [tcp(port)],
    listensAfterMs: 0,
    onTerm: { afterMs: 20, code: 2 },
    lines: () => [],
    respond: (request, visit) => {
      const isRoot = splitPath(request.path).path === "/"
      return plain(visit, isRoot ? ROOT_LISTING : "404 page not found\n", isRoot ? 200 : 404)
    },
  }
}

/** Healthy for ten seconds, then no longer (kubernetes `test/images/agnhost/liveness`). */
const runLiveness = (): Behaviour => ({
  sockets: [tcp(8080)],
  listensAfterMs: 0,
  onTerm: { afterMs: 20, code: 2 },
  lines: () => [],
  respond: (request, visit) => {
    const seconds = (visit.now - visit.startedAt) / 1000
    if (splitPath(request.path).path !== "/healthz") return plain(visit, "404 page not found\n", 404)
    return seconds > 10 ? plain(visit, `error: ${seconds}`, 500) : plain(visit, "ok")
  },
})

/** Runs `/agnhost SUBCOMMAND …`; without one it pauses. `format`: RFC 3339 of virtual milliseconds. */
const runAgnhost = (argv: readonly string[], format: (now: number) => string): Behaviour => {
  const [, subcommand = "pause", ...rest] = argv
  switch (subcommand) {
    case "netexec":
      return runNetexec(rest, format)
    case "serve-hostname":
      return runServeHostname(rest)
    case "entrypoint-tester":
      return ending(0, [`[${argv.join(" ")}]`])
    case "test-webserver":
      return runTestWebserver(rest)
    case "liveness":
      return runLiveness()
    case "pause":
      return { ...idle({ afterMs: 20, code: 0 }), lines: () => [{ afterMs: 5, text: "Paused" }] }
    default:
      return ending(1, [
        `Error: unknown command ${JSON.stringify(subcommand)} for "app"`,
        "Run 'app --help' for usage.",
      ])
  }
}

/** The test image of Kubernetes itself: netexec answers who it is and whom it sees. */
export const agnhost = (format: (now: number) => string): Image => ({
  repository: "registry.k8s.io/e2e-test-images/agnhost",
  hasTag: (tag) => /^2\.\d{1,2}(\.\d{1,2})?$/.test(tag) && Number(tag.split(".")[1]) <= 63,
  entrypoint: ["/agnhost"],
  command: ["pause"],
  sizeBytes: 260336088,
  programs: [...SHELL_PROGRAMS, "bash", "curl", "dig", "nslookup", "host", "ping", "wget", "ip", "nc", "agnhost"],
  user: "root",
  env: {},
  run: ({ argv }) => (/(^|\/)agnhost(-2)?$/.test(argv[0] ?? "") ? runAgnhost(argv, format) : undefined),
})
