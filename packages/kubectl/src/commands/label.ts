import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { Failure, plainError } from "../failure.ts"
import {
  ALL_NAMESPACES,
  DRY_RUN,
  FIELD_MANAGER,
  FIELD_SELECTOR,
  FILE_FLAGS,
  PRINT_FLAGS,
  SELECTOR,
} from "../flags/flag-groups.ts"
import { at, isRecord, type JsonRecord } from "../json-value.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { checkOutput, type DryRun, dryRunOf, patchObject, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"

interface Changes {
  readonly set: Readonly<Record<string, string>>
  readonly removed: readonly string[]
}

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const KEY_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

const isChange = (word: string): boolean => word.includes("=") || (word.endsWith("-") && word.length > 1)

const parseChanges = (words: readonly string[], kind: "label" | "annotation"): Changes => {
  const set: Record<string, string> = {}
  const removed: string[] = []
  for (const word of words) {
    const equals = word.indexOf("=")
    if (equals > 0) {
      const key = word.slice(0, equals)
      const value = word.slice(equals + 1)
      if (kind === "label" && (value.length > 63 || !LABEL_VALUE.test(value)))
        throw plainError(
          `invalid label value: "${word}": ${value.length > 63 ? "must be no more than 63 bytes" : VALUE_RULE}`,
        )
      if (!LABEL_KEY.test(key)) throw plainError(`invalid ${kind} key: "${key}": ${KEY_RULE}`)
      set[key] = value
    } else if (word.endsWith("-")) removed.push(word.slice(0, -1))
    else throw plainError(`unexpected ${kind} spec: ${word}`)
  }
  const both = removed.find((key) => Object.hasOwn(set, key))
  if (both)
    throw plainError(`can not both modify and remove a${kind === "label" ? "" : "n"} ${kind} in the same command`)
  return { set, removed }
}

const currentOf = (object: JsonRecord, field: string): JsonRecord => {
  const found = at(object, "metadata", field)
  return isRecord(found) ? found : {}
}

const verbFor = (kind: "label" | "annotation", changes: Changes, current: JsonRecord): string => {
  const sets = Object.entries(changes.set).some(([key, value]) => current[key] !== value)
  const removes = changes.removed.some((key) => Object.hasOwn(current, key))
  if (kind === "annotation") return "annotated"
  if (sets) return "labeled"
  return removes ? "unlabeled" : "not labeled"
}

const change = async (
  session: Session,
  live: LiveObject,
  kind: "label" | "annotation",
  changes: Changes,
  dryRun: DryRun,
): Promise<void> => {
  const field = `${kind}s`
  const current = currentOf(live.object, field)
  if (!session.flags.bool("overwrite"))
    for (const [key, value] of Object.entries(changes.set)) {
      const old = current[key]
      if (old !== undefined && old !== value)
        throw plainError(`'${key}' already has a value (${old}), and --overwrite is false`)
    }
  if (kind === "label")
    for (const key of changes.removed) if (!Object.hasOwn(current, key)) session.print(`label "${key}" not found.`)
  const verb = verbFor(kind, changes, current)
  const values = { ...changes.set, ...Object.fromEntries(changes.removed.map((key) => [key, null])) }
  const next =
    dryRun === "client" || verb === "not labeled"
      ? live.object
      : await patchObject(
          session,
          live.type,
          live.namespace,
          live.name,
          "merge",
          { metadata: { [field]: values } },
          {
            manager: session.flags.text("field-manager") || (kind === "label" ? "kubectl-label" : "kubectl-annotate"),
            dryRun,
          },
        )
  printDone(session, live.type, next, live.name, verb, dryRun)
}

const listValues = (session: Session, found: readonly LiveObject[], field: string): void => {
  for (const { object, type, name } of found) {
    if (found.length > 1)
      session.print(`Listing ${field} for ${type.kind}.${type.group === "" ? "" : `${type.group}/`}${name}:`)
    for (const [key, value] of Object.entries(currentOf(object, field)).sort()) session.print(`${key}=${value}`)
  }
}

const command = (name: string, kind: "label" | "annotation"): Command => ({
  name,
  summary: kind === "label" ? "Set or remove labels of objects" : "Set or remove annotations of objects",
  usage: "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N- [--list]",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    SELECTOR,
    FIELD_SELECTOR,
    ALL_NAMESPACES,
    { name: "overwrite", kind: "bool" },
    { name: "all", kind: "bool" },
    { name: "list", kind: "bool" },
    { name: "resource-version", kind: "string" },
  ],
  async run(session) {
    const first = session.args.findIndex(isChange)
    const words = first < 0 ? session.args : session.args.slice(0, first)
    const changeWords = first < 0 ? [] : session.args.slice(first)
    if (words.length === 0 && !session.flags.changed("filename"))
      throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    const list = session.flags.bool("list")
    if (changeWords.length === 0 && !list) throw plainError(`at least one ${kind} update is required`)
    const changes = parseChanges(changeWords, kind)
    checkOutput(session)
    const dryRun = dryRunOf(session)
    const { found, errors } = await selectObjects(session, { words, fields: true, namespaces: true, all: true })
    const failures = [...errors]
    if (list) listValues(session, found, `${kind}s`)
    else
      for (const live of found)
        await change(session, live, kind, changes, dryRun).catch((error: unknown) => failures.push(error))
    if (found.length === 0 && failures.length === 0) throw new Failure("error: no objects found")
    throwAll(failures)
    return 0
  },
})

export const label: Command = command("label", "label")
export const annotate: Command = command("annotate", "annotation")
