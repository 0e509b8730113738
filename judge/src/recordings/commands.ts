import type { Protocol } from "@pilotage/kube-model"

/** One run of curl: URLs of one host, over one connection. `idleMs`: how long nothing was sent before it. */
export interface CurlRun {
  readonly urls: readonly string[]
  readonly idleMs: number
}

/** What the commands of the recordings ask of the network. */
export type Command =
  /** `counted`: only how often each body came is known, through `sort | uniq -c`. */
  | { readonly kind: "curl"; readonly runs: readonly CurlRun[]; readonly limitMs: number; readonly counted: boolean }
  | {
      readonly kind: "datagram"
      readonly to: string
      readonly port: number
      readonly asks: string
      readonly verbose: boolean
    }
  /** Datagrams of one flow, one after another. */
  | { readonly kind: "flow"; readonly to: string; readonly port: number; readonly asks: string }
  /** Requests on one TCP connection, with a pause between. */
  | { readonly kind: "connection"; readonly to: string; readonly port: number }
  | { readonly kind: "connect"; readonly to: string; readonly port: number; readonly protocol: Protocol }
  | { readonly kind: "dig"; readonly name: string; readonly type: "A" | "AAAA" | "SRV" | "PTR" | "CNAME" }
  | { readonly kind: "nslookup"; readonly name: string }
  | { readonly kind: "ping"; readonly to: string }
  | { readonly kind: "resolv-conf" }
  | { readonly kind: "other"; readonly program: string }

const DNS_TYPES = ["A", "AAAA", "SRV", "PTR", "CNAME"] as const

const words = (text: string): readonly string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? "")

const seconds = (text: string | undefined): number => Number(text ?? "0") * 1000

/** The statements of a loop's body or of a plain line: sleeps and runs of curl. `undefined`: something else is in it. */
const curlRuns = (body: string): { readonly runs: readonly CurlRun[]; readonly trailingMs: number } | undefined => {
  const runs: CurlRun[] = []
  let idleMs = 0
  for (const statement of body
    .split(/;\s*/)
    .map((each) => each.trim())
    .filter(Boolean)) {
    const [program, ...rest] = words(statement)
    if (program === "sleep") idleMs += seconds(rest[0])
    else if (program === "curl") {
      runs.push({ urls: rest.filter((word) => word.startsWith("http://")), idleMs })
      idleMs = 0
    } else return undefined
  }
  return { runs, trailingMs: idleMs }
}

const repeat = (
  body: string,
  values: readonly (readonly [variable: string, value: string])[],
): readonly CurlRun[] | undefined => {
  const all: CurlRun[] = []
  let idleMs = 0
  for (const [variable, value] of values) {
    const found = curlRuns(body.replaceAll(`$${variable}`, value))
    if (!found) return undefined
    for (const run of found.runs) {
      all.push({ ...run, idleMs: run.idleMs + idleMs })
      idleMs = 0
    }
    idleMs += found.trailingMs
  }
  return all
}

const loopValues = (list: string): readonly string[] => {
  const count = /^\$\(seq (\d+)\)$/.exec(list)?.[1]
  return count === undefined ? words(list) : Array.from({ length: Number(count) }, (_, index) => String(index + 1))
}

const readCurl = (text: string): Command | undefined => {
  const counted = /\|\s*sort\s*\|\s*uniq -c$/.test(text)
  const plain = text.replace(/\|\s*sort\s*\|\s*uniq -c$/, "").trim()
  const [, variable, list, body] = /^for (\w+) in (.+?); do (.+); done$/.exec(plain) ?? []
  const runs =
    variable !== undefined && list !== undefined && body !== undefined
      ? repeat(
          body,
          loopValues(list).map((value) => [variable, value] as const),
        )
      : curlRuns(plain)?.runs
  if (!runs?.length) return undefined
  return { kind: "curl", runs, limitMs: seconds(/-m (\d+)/.exec(plain)?.[1] ?? "127"), counted }
}

const readNetcat = (text: string): Command | undefined => {
  const [, feed = "", options = "", to = "", port = "0"] =
    /^(.+?)\s*\|\s*timeout \d+ nc (.*?)(\d+(?:\.\d+){3}) (\d+)$/.exec(text) ?? []
  if (to === "") return undefined
  const asks = /echo (\w+)/.exec(feed)?.[1]
  const at = { to, port: Number(port) }
  if (!/-u\b/.test(options)) return { kind: "connection", ...at }
  if (asks === undefined) return undefined
  if (feed.includes("for ")) return { kind: "flow", ...at, asks }
  return { kind: "datagram", ...at, asks, verbose: /-v\b/.test(options) }
}

const readLookup = (text: string): Command | undefined => {
  const [program, ...rest] = words(text)
  const [name] = rest.slice(-1)
  if (name === undefined) return undefined
  if (program === "nslookup") return { kind: "nslookup", name }
  if (program !== "dig") return undefined
  return { kind: "dig", name, type: DNS_TYPES.find((type) => rest.includes(type)) ?? "A" }
}

const readConnect = (text: string): Command | undefined => {
  const [, to, port, protocol] = /^\/agnhost connect (\S+):(\d+) --protocol=(tcp|udp|sctp)/.exec(text) ?? []
  if (to === undefined || protocol === undefined) return undefined
  const name = protocol.toUpperCase()
  return {
    kind: "connect",
    to,
    port: Number(port),
    protocol: name === "UDP" ? "UDP" : name === "SCTP" ? "SCTP" : "TCP",
  }
}

export const readCommand = (text: string): Command => {
  const ping = /^ping .*?(\S+)$/.exec(text)?.[1]
  if (ping !== undefined) return { kind: "ping", to: ping }
  if (text === "cat /etc/resolv.conf") return { kind: "resolv-conf" }
  const known = readNetcat(text) ?? readCurl(text) ?? readConnect(text) ?? readLookup(text)
  return known ?? { kind: "other", program: words(text)[0] ?? "" }
}

/** `http://10.96.0.1:80/hostname`; the port is 80 unless it is said. */
export const readUrl = (url: string): { readonly to: string; readonly port: number; readonly path: string } => {
  const [, to = "", port = "80", path = "/"] = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? []
  return { to, port: Number(port), path }
}
