import { err, ok, type Result } from "@pilotage/kube-model"

/**
 * A place in a URL that the cluster fills in. `of` is `name` or `namespace/name`; for `env`, the value of a variable in a
 * Deployment's containers, `deployment/VARIABLE` or `namespace/deployment/VARIABLE`.
 */
export interface Placeholder {
  readonly kind: "clusterIP" | "nodePort" | "loadBalancerIP" | "nodeIP" | "env"
  readonly of: string
}

/** Literal texts and placeholders, in order. */
export type UrlTemplate = readonly (string | Placeholder)[]

const PLACEHOLDER = /\{(clusterIP|nodePort|loadBalancerIP|nodeIP|env):([A-Za-z0-9_./-]+)\}/g

/** Stands in for a placeholder when a template's shape is checked. */
const SAMPLES = {
  clusterIP: "10.96.0.1",
  nodePort: "30000",
  loadBalancerIP: "10.0.0.1",
  nodeIP: "10.0.0.2",
  env: "web",
}

const kindOf = (text: string | undefined): Placeholder["kind"] | undefined =>
  text === "clusterIP" || text === "nodePort" || text === "loadBalancerIP" || text === "nodeIP" || text === "env"
    ? text
    : undefined

/** Splits `http://{nodeIP:node-1}:{nodePort:web}/x`; an error says what is not understood. */
export const parseUrlTemplate = (text: string): Result<UrlTemplate, string> => {
  const parts: (string | Placeholder)[] = []
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    const kind = kindOf(match[1])
    if (!kind) continue
    parts.push(text.slice(end, match.index), { kind, of: match[2] ?? "" })
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  const rest = parts.filter((part) => typeof part === "string").join("")
  if (/[{}]/.test(rest)) return err(`${text} has a placeholder that is not known`)
  const sample = parts.map((part) => (typeof part === "string" ? part : SAMPLES[part.kind]))
  if (!parseTarget(sample.join(""))) return err(`${text} is no URL`)
  return ok(parts.filter((part) => part !== ""))
}

const MEANS = {
  clusterIP: "cluster IP",
  nodePort: "node port",
  loadBalancerIP: "load balancer address",
  nodeIP: "address",
  env: "value",
} as const

/** The template for readers: `http://<load balancer address of web>:443`. */
export const sayUrl = (text: string): string =>
  text.replaceAll(PLACEHOLDER, (_, kind: string, of: string) => `<${MEANS[kindOf(kind) ?? "env"]} of ${of}>`)

/** What a URL means to curl, without its query's fine print. */
export interface Target {
  readonly scheme: "http" | "https"
  readonly host: string
  readonly port: number
  /** `/` where none is written. */
  readonly path: string
  readonly hasPath: boolean
}

const URL_TEXT =
  /^(?:(?<scheme>https?):\/\/)?(?<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(?::(?<port>\d{1,5}))?(?<path>[/?].*)?$/

/** Reads a URL as curl does: http and port 80 or 443 where nothing else is said; undefined when it is none. */
export const parseTarget = (url: string): Target | undefined => {
  const groups = URL_TEXT.exec(url)?.groups
  if (!groups?.host) return undefined
  const scheme = groups.scheme === "https" ? "https" : "http"
  const port = groups.port === undefined ? (scheme === "https" ? 443 : 80) : Number(groups.port)
  if (port < 1 || port > 65535) return undefined
  const path = groups.path ?? "/"
  const hasPath = groups.path !== undefined
  return { scheme, host: groups.host.toLowerCase(), port, path: path.startsWith("?") ? `/${path}` : path, hasPath }
}

/** Is this the server, and the path if one is named, that was wanted? */
export const asksFor = (wanted: Target, seen: Target): boolean =>
  wanted.scheme === seen.scheme &&
  wanted.host === seen.host &&
  wanted.port === seen.port &&
  (!wanted.hasPath || wanted.path === seen.path)
