import { errorsOfEach, type FieldError, invalid, invalids, required } from "../field-error.ts"
import { legacyIPProblems } from "../ip-text.ts"
import { children, isJson, type Json, text } from "../json-object.ts"

const MOST_SERVERS = 3
const MOST_SEARCHES = 32
const LONGEST_LIST = 2048

const PART = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
const SEARCH = `${PART}(\\.${PART})*`
const IS_SEARCH = new RegExp(`^(?:${SEARCH})$`)

const searchProblems = (search: string): string[] => {
  const name = search === "." ? "" : search.replace(/\.$/, "")
  if (search === ".") return []
  return [
    ...(name.length > 253 ? ["must be no more than 253 characters"] : []),
    ...(IS_SEARCH.test(name)
      ? []
      : [
          `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SEARCH}')`,
        ]),
  ]
}

/** core/validation validatePodDNSConfig; `at` is `spec.dnsConfig`. */
export const dnsErrors = (spec: Json, at: string): FieldError[] => {
  const config = spec.dnsConfig
  const isNone = spec.dnsPolicy === "None"
  if (!isJson(config)) return isNone ? [required(at, "must provide `dnsConfig` when `dnsPolicy` is None")] : []
  const servers = Array.isArray(config.nameservers) ? config.nameservers.map(String) : []
  const searches = Array.isArray(config.searches) ? config.searches.map(String) : []
  const [serversAt, searchesAt] = [`${at}.nameservers`, `${at}.searches`]
  return [
    ...(isNone && servers.length === 0
      ? [required(serversAt, "must provide at least one DNS nameserver when `dnsPolicy` is None")]
      : []),
    ...(servers.length > MOST_SERVERS
      ? [invalid(serversAt, servers, `must not have more than ${MOST_SERVERS} nameservers`)]
      : []),
    ...errorsOfEach(servers, (server, index) => invalids(`${serversAt}[${index}]`, server, legacyIPProblems(server))),
    ...(searches.length > MOST_SEARCHES
      ? [invalid(searchesAt, searches, `must not have more than ${MOST_SEARCHES} search paths`)]
      : []),
    ...(searches.join(" ").length > LONGEST_LIST
      ? [
          invalid(
            searchesAt,
            searches,
            `must not have more than ${LONGEST_LIST} characters (including spaces) in the search list`,
          ),
        ]
      : []),
    ...errorsOfEach(searches, (search, index) => invalids(`${searchesAt}[${index}]`, search, searchProblems(search))),
    ...errorsOfEach(children(config, "options"), (option, index) =>
      text(option, "name") === "" ? [required(`${at}.options[${index}]`, "must not be empty")] : [],
    ),
  ]
}
