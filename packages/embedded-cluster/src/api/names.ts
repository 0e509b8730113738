/** What is wrong with a name; `prefix`: it is a generateName, to which letters will be added. */
export type NameRule = (name: string, prefix: boolean) => readonly string[]

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
const LABEL_VALUE = `(${QUALIFIED})?`

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)
const IS_LABEL = whole(LABEL)
const IS_SUBDOMAIN = whole(SUBDOMAIN)
const IS_QUALIFIED = whole(QUALIFIED)
const IS_LABEL_VALUE = whole(LABEL_VALUE)

const tooManyChars = (limit: number): string => `must be no more than ${limit} characters`

/** Labels and whatever else has their form count in bytes since 1.36, all of them ASCII if they are valid. */
const tooManyBytes = (limit: number): string => `must be no more than ${limit} bytes`

const EMPTY = "must be non-empty"

const withExamples = (message: string, pattern: string, ...examples: readonly string[]): string =>
  `${message} (${examples.length === 0 ? "" : `e.g. ${examples.map((each) => `'${each}', `).join(" or ")}`}regex used for validation is '${pattern}')`

/** DNS-1123 label: names of Services (1.36), namespaces, ports. */
export const dnsLabelProblems = (value: string): string[] => {
  const problems: string[] = []
  if (value.length > 63) problems.push(tooManyChars(63))
  if (IS_LABEL.test(value)) return problems
  if (IS_SUBDOMAIN.test(value)) return [...problems, "must not contain dots"]
  return [
    ...problems,
    withExamples(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
      LABEL,
      "my-name",
      "123-abc",
    ),
  ]
}

/** DNS-1123 subdomain: names of pods, deployments, most others. */
export const dnsSubdomainProblems = (value: string): string[] => {
  const problems: string[] = []
  if (value.length > 253) problems.push(tooManyChars(253))
  if (!IS_SUBDOMAIN.test(value))
    problems.push(
      withExamples(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        SUBDOMAIN,
        "example.com",
      ),
    )
  return problems
}

const prefixProblems = (prefix: string): string[] =>
  dnsSubdomainProblems(prefix).map((each) => (each === tooManyChars(253) ? tooManyBytes(253) : each))

/** `prefix/name`: keys of labels and annotations, finalizers, appProtocol. */
export const qualifiedNameProblems = (value: string): string[] => {
  const problems: string[] = []
  const parts = value.split("/")
  const name = parts[parts.length - 1] ?? ""
  const described =
    "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  if (parts.length > 2)
    return [
      `${withExamples(described, QUALIFIED, "MyName", "my.name", "123-abc")} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  const prefix = parts.length === 2 ? parts[0] : undefined
  if (prefix === "") problems.push(`prefix part ${EMPTY}`)
  else if (prefix !== undefined) problems.push(...prefixProblems(prefix).map((each) => `prefix part ${each}`))
  if (name === "") problems.push(`name part ${EMPTY}`)
  else if (name.length > 63) problems.push(`name part ${tooManyBytes(63)}`)
  if (!IS_QUALIFIED.test(name))
    problems.push(
      `name part ${withExamples(described.replace("a valid label key ", ""), QUALIFIED, "MyName", "my.name", "123-abc")}`,
    )
  return problems
}

export const labelValueProblems = (value: string): string[] => {
  const problems: string[] = []
  if (value.length > 63) problems.push(tooManyBytes(63))
  if (!IS_LABEL_VALUE.test(value))
    problems.push(
      withExamples(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LABEL_VALUE,
        "MyValue",
        "my_value",
        "12345",
      ),
    )
  return problems
}

/** An IANA service name: named ports of containers and targetPort. */
export const portNameProblems = (value: string): string[] => {
  const problems: string[] = []
  if (value.length > 15) problems.push("must be no more than 15 characters")
  if (!/^[-a-z0-9]+$/.test(value))
    problems.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
  if (!/[a-z]/.test(value)) problems.push("must contain at least one letter (a-z)")
  if (value.includes("--")) problems.push("must not contain consecutive hyphens")
  if (value.startsWith("-") || value.endsWith("-")) problems.push("must not begin or end with a hyphen")
  return problems
}

/** A generateName ends anywhere in a name, so a closing hyphen is fine (apimachinery `maskTrailingDash`). */
const masked = (name: string, prefix: boolean): string =>
  prefix && name.length > 1 && name.endsWith("-") ? `${name.slice(0, -1)}a` : name

export const labelNames: NameRule = (name, prefix) => dnsLabelProblems(masked(name, prefix))
export const subdomainNames: NameRule = (name, prefix) => dnsSubdomainProblems(masked(name, prefix))
