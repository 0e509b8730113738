import { type FieldError, invalid, required } from "./field-error.ts"
import { dnsSubdomainProblems, type NameRule } from "./names.ts"

/** A name that can stand in a URL: of roles, and of kinds and objects that are referred to (apimachinery `content/path.go`). */
export const pathSegmentProblems = (name: string): string[] => {
  if (name === "." || name === "..") return [`may not be '${name}'`]
  return ["/", "%"].filter((each) => name.includes(each)).map((each) => `may not contain '${each}'`)
}

export const pathSegmentNames: NameRule = (name) => pathSegmentProblems(name)

const SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
const WILDCARD = `\\*\\.${SUBDOMAIN}`

/** A host of an Ingress: a DNS name, or one with `*` for its first part. */
export const hostProblems = (host: string): string[] => {
  if (!host.includes("*")) return dnsSubdomainProblems(host)
  const problems = host.length > 253 ? ["must be no more than 253 characters"] : []
  if (!new RegExp(`^${WILDCARD}$`).test(host))
    problems.push(
      `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '${WILDCARD}')`,
    )
  return problems
}

const PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"

/** `example.com/name`: who is in charge of an object. */
export const domainPrefixedPathErrors = (field: string, value: string): FieldError[] => {
  if (value === "") return [required(field)]
  const at = value.indexOf("/")
  const [host, path] = [value.slice(0, Math.max(at, 0)), value.slice(at + 1)]
  if (at < 0 || host === "" || path === "")
    return [invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")')]
  const problems = dnsSubdomainProblems(host).map((problem) => invalid(field, host, problem))
  if (new RegExp(`^${PATH}$`).test(path)) return problems
  return [...problems, invalid(field, path, `Invalid path (regex used for validation is '${PATH}')`)]
}
