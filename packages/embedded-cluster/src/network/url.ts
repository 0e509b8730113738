import { err, ok, type Result } from "@pilotage/kube-model"

export interface ParsedUrl {
  readonly scheme: "http" | "https"
  readonly host: string
  readonly port: number
  /** With the query, without the fragment. */
  readonly path: string
  /** As it goes into the Host header: the port only when it is not the scheme's own. */
  readonly hostHeader: string
}

export interface UrlError {
  /** curl's exit code. */
  readonly exitCode: number
  readonly message: string
}

const MALFORMED: UrlError = { exitCode: 3, message: "URL using bad/illegal format or missing URL" }

/** A URL as curl takes it: the scheme is http unless it is given, the host may be a bare name. */
export const parseUrl = (text: string): Result<ParsedUrl, UrlError> => {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^/?#]*)([^#]*)/.exec(text.trim())
  const scheme = (match?.[1] ?? "http").toLowerCase()
  const authority = (match?.[2] ?? "").replace(/^.*@/, "")
  const parts = /^(\[[0-9A-Fa-f:.]+\]|[^:\s]+)(?::(\d*))?$/.exec(authority)
  const rest = match?.[3] ?? ""
  if (/\s/.test(rest) || !parts)
    return err(text.trim() === "" ? { exitCode: 2, message: "no URL specified" } : MALFORMED)
  if (scheme !== "http" && scheme !== "https")
    return err({ exitCode: 1, message: `Protocol "${scheme}" not supported or disabled in libcurl` })
  const standard = scheme === "https" ? 443 : 80
  const port = parts[2] ? Number(parts[2]) : standard
  if (port < 1 || port > 65535) return err(MALFORMED)
  const host = (parts[1] ?? "").replace(/^\[|\]$/g, "")
  const path = rest === "" ? "/" : rest.startsWith("/") ? rest : `/${rest}`
  return ok({ scheme, host, port, path, hostHeader: port === standard ? (parts[1] ?? "") : `${parts[1]}:${port}` })
}
