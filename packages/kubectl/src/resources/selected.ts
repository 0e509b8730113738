import { groupVersionOf, pathOf, type ResourceType } from "../api/discovery.ts"
import { isNotFound, plainError } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import type { Session } from "../session.ts"
import { resolveTargets, type Target } from "./arguments.ts"
import { fileTargets } from "./files.ts"

/** An object on the server with its place. */
export interface LiveObject {
  readonly type: ResourceType
  readonly namespace: string | undefined
  readonly name: string
  readonly object: JsonRecord
}

export interface Selection {
  readonly found: readonly LiveObject[]
  readonly errors: readonly unknown[]
}

const flagText = (session: Session, name: string, has: boolean): string => (has ? session.flags.text(name) : "")

export interface SelectOptions {
  /** Words of the command line that name objects. */
  readonly words: readonly string[]
  readonly fields?: boolean
  /** The command knows -A. */
  readonly namespaces?: boolean
  /** The command knows --all; without it (and without a selector) a name is needed. */
  readonly all?: boolean
  /** A type alone means all of it (describe). */
  readonly listsByDefault?: boolean
  readonly files?: boolean
}

const live = (target: Target, object: JsonRecord): LiveObject => ({
  type: target.type,
  namespace: text(at(object, "metadata", "namespace")) || target.namespace,
  name: text(at(object, "metadata", "name")),
  object,
})

const list = async (
  session: Session,
  target: Target,
  labels: string,
  fields: string,
): Promise<readonly LiveObject[]> => {
  const body = await session.api.send("GET", pathOf(target.type, target.namespace), {
    query: { ...(labels === "" ? {} : { labelSelector: labels }), ...(fields === "" ? {} : { fieldSelector: fields }) },
  })
  return records(at(body, "items")).map((item) =>
    live(target, { apiVersion: groupVersionOf(target.type), kind: target.type.kind, ...item }),
  )
}

/** The live objects that a command's words, files and selectors mean; what is missing comes as errors. */
export const selectObjects = async (session: Session, options: SelectOptions): Promise<Selection> => {
  const labels = flagText(session, "selector", true)
  const fields = flagText(session, "field-selector", options.fields === true)
  const everywhere = options.namespaces === true && session.flags.bool("all-namespaces")
  const all = options.all === true && session.flags.bool("all")
  const selecting = labels !== "" || fields !== "" || all
  const fromFiles = options.files !== false && session.flags.changed("filename")
  if (fromFiles && options.words.length > 0)
    throw plainError("when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well")
  const targets = fromFiles
    ? await fileTargets(session)
    : await resolveTargets(session, options.words, { everywhere, selecting })
  const found: LiveObject[] = []
  const errors: unknown[] = []
  for (const target of targets) {
    session.checkInterrupt()
    if (target.name === undefined && !selecting && options.listsByDefault !== true)
      throw plainError("resource(s) were provided, but no name was specified")
    try {
      if (target.name === undefined) found.push(...(await list(session, target, labels, fields)))
      else {
        const object = await session.api.send("GET", pathOf(target.type, target.namespace, target.name))
        found.push(live(target, isRecord(object) ? object : {}))
      }
    } catch (error) {
      if (!isNotFound(error) && target.name === undefined) throw error
      errors.push(error)
    }
  }
  return { found, errors }
}

/** Exactly one object: `deployment/web`, `deployment web`, or a bare name of `defaultType`. */
export const oneObject = async (
  session: Session,
  words: readonly string[],
  defaultType?: string,
): Promise<LiveObject> => {
  const [word = ""] = words
  const spelled = words.length === 1 && !word.includes("/") && defaultType ? [`${defaultType}/${word}`] : words
  const [target] = await resolveTargets(session, spelled)
  if (!target?.name) throw plainError("resource(s) were provided, but no name was specified")
  const object = await session.api.send("GET", pathOf(target.type, target.namespace, target.name))
  return live(target, isRecord(object) ? object : {})
}
