import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import type { FlagSpec } from "../flags/flag-set.ts"
import { at, isRecord, type JsonRecord, records, text, withValue } from "../json-value.ts"
import { twoWayPatch } from "../patch/three-way.ts"
import { parseLabels } from "../resources/labels.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { checkOutput, dryRunOf, hasMergeKeys, patchObject, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"

const SET_FLAGS: readonly FlagSpec[] = [
  ...FILE_FLAGS,
  ...PRINT_FLAGS,
  DRY_RUN,
  FIELD_MANAGER,
  SELECTOR,
  { name: "all", kind: "bool" },
  { name: "local", kind: "bool" },
]

const podSpecPath = ({ type }: LiveObject): readonly string[] =>
  type.kind === "Pod" ? ["spec"] : ["spec", "template", "spec"]

/** The object with each container (init containers too, when asked) replaced. */
const mapContainers = (
  live: LiveObject,
  change: (container: JsonRecord) => JsonRecord,
  fields: readonly string[] = ["containers"],
): JsonRecord => {
  const path = podSpecPath(live)
  return fields.reduce((object, field) => {
    const list = at(object, ...path, field)
    return Array.isArray(list) ? withValue(object, [...path, field], records(list).map(change)) : object
  }, live.object)
}

/** Changes each chosen object and patches what differs; nothing is said of objects that already are so. */
const changeAll = async (
  session: Session,
  words: readonly string[],
  change: (live: LiveObject) => JsonRecord,
  done: string,
): Promise<number> => {
  checkOutput(session)
  const dryRun = dryRunOf(session)
  if (words.length === 0 && !session.flags.changed("filename"))
    throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
  const { found, errors } = await selectObjects(session, { words, all: true })
  const failures = [...errors]
  for (const live of found)
    try {
      const next = change(live)
      const plain = !hasMergeKeys(live.type)
      const patch = twoWayPatch(live.type.kind, live.object, next, plain)
      if (Object.keys(patch).length === 0) continue
      const patched =
        dryRun === "client"
          ? next
          : await patchObject(session, live.type, live.namespace, live.name, plain ? "merge" : "strategic", patch, {
              manager: session.flags.text("field-manager") || "kubectl-set",
              dryRun,
            })
      printDone(session, live.type, patched, live.name, done, dryRun)
    } catch (error) {
      failures.push(error)
    }
  throwAll(failures)
  return 0
}

const isPair = (word: string): boolean => word.includes("=")

const setImage: Command = {
  name: "image",
  summary: "Change the image of containers",
  usage: "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=IMAGE_1 ... CONTAINER_NAME_N=IMAGE_N",
  completes: "resources",
  flags: SET_FLAGS,
  async run(session) {
    const first = session.args.findIndex(isPair)
    const pairs = first < 0 ? [] : session.args.slice(first)
    if (pairs.length === 0) throw plainError("at least one image update is required")
    const images = pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const)
    return changeAll(
      session,
      session.args.slice(0, first),
      (live) => {
        const path = podSpecPath(live)
        const names = ["containers", "initContainers"].flatMap((field) =>
          records(at(live.object, ...path, field)).map((each) => text(each.name)),
        )
        const missing = images.find(([name]) => name !== "*" && !names.includes(name))
        if (missing) throw plainError(`unable to find container named "${missing[0]}"`)
        return mapContainers(
          live,
          (container) => {
            const image = images.find(([name]) => name === "*" || name === container.name)
            return image ? { ...container, image: image[1] } : container
          },
          ["containers", "initContainers"],
        )
      },
      "image updated",
    )
  },
}

const isEnvChange = (word: string): boolean => word.includes("=") || (word.endsWith("-") && word.length > 1)

const changedEnv = (container: JsonRecord, changes: readonly string[]): JsonRecord => {
  let env = [...records(container.env)]
  for (const change of changes) {
    const equals = change.indexOf("=")
    const name = equals > 0 ? change.slice(0, equals) : change.slice(0, -1)
    if (equals > 0) {
      const entry = { name, value: change.slice(equals + 1) }
      env = env.some((each) => each.name === name)
        ? env.map((each) => (each.name === name ? entry : each))
        : [...env, entry]
    } else env = env.filter((each) => each.name !== name)
  }
  if (env.length > 0) return { ...container, env }
  return Object.fromEntries(Object.entries(container).filter(([field]) => field !== "env"))
}

const listEnv = async (session: Session, words: readonly string[]): Promise<number> => {
  const { found, errors } = await selectObjects(session, { words, all: true })
  for (const live of found)
    for (const container of records(at(live.object, ...podSpecPath(live), "containers"))) {
      session.print(`# ${live.type.plural} ${live.name}, container ${text(container.name)}`)
      for (const each of records(container.env)) session.print(`${text(each.name)}=${text(each.value)}`)
    }
  throwAll(errors)
  return 0
}

const setEnv: Command = {
  name: "env",
  summary: "Change environment variables of containers",
  usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N- [--list] [-c CONTAINER]",
  completes: "resources",
  flags: [
    ...SET_FLAGS,
    { name: "containers", short: "c", kind: "string", default: "*" },
    { name: "env", short: "e", kind: "array" },
    { name: "list", kind: "bool" },
    { name: "overwrite", kind: "bool", default: "true" },
  ],
  async run(session) {
    const first = session.args.findIndex(isEnvChange)
    const words = first < 0 ? session.args : session.args.slice(0, first)
    const changes = [...(first < 0 ? [] : session.args.slice(first)), ...session.flags.list("env")]
    if (session.flags.bool("list")) return listEnv(session, words)
    if (changes.length === 0) throw plainError("at least one environment variable must be provided")
    const pattern = session.flags.text("containers")
    return changeAll(
      session,
      words,
      (live) =>
        mapContainers(live, (container) =>
          pattern === "*" || pattern === container.name ? changedEnv(container, changes) : container,
        ),
      "env updated",
    )
  },
}

const setSelector: Command = {
  name: "selector",
  summary: "Change the selector of a service",
  usage: "(-f FILENAME | TYPE NAME) EXPRESSIONS",
  completes: "resources",
  flags: SET_FLAGS.filter((flag) => flag !== SELECTOR).concat({ name: "selector", kind: "string" }),
  async run(session) {
    const expression = session.args.at(-1) ?? ""
    if (session.args.length < 2 || !isPair(expression))
      throw plainError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    const selector = parseLabels(expression)
    return changeAll(
      session,
      session.args.slice(0, -1),
      (live) => {
        if (live.type.kind !== "Service" || !isRecord(live.object.spec))
          throw plainError("setting a selector is only supported for Services")
        return withValue(live.object, ["spec", "selector"], selector)
      },
      "selector updated",
    )
  },
}

export const set: Command = {
  name: "set",
  summary: "Change one thing of an object: image, env, selector",
  children: [setEnv, setImage, setSelector],
}
