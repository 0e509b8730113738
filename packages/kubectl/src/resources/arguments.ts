import { findType, type ResourceType, requireType } from "../api/discovery.ts"
import { type Failure, plainError } from "../failure.ts"
import type { Session } from "../session.ts"

/** What the user named: one object, or (without a name) all of a type. No namespace: every namespace, or none. */
export interface Target {
  readonly type: ResourceType
  readonly namespace: string | undefined
  readonly name?: string
}

/** A command that needs objects was given none. */
export const nothingNamed = (): Failure =>
  plainError(
    "You must provide one or more resources by argument or filename.\n" +
      "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
  )

const expandTypes = async (session: Session, word: string): Promise<readonly ResourceType[]> => {
  const discovery = await session.discovery()
  return word.split(",").flatMap((part) => {
    const category = discovery.types.filter((type) => type.categories.includes(part))
    return category.length > 0 && !findType(discovery, part) ? category : [requireType(discovery, part)]
  })
}

const scopeOf = (session: Session, type: ResourceType): string | undefined =>
  type.namespaced ? session.namespace : undefined

/** `pod/one svc/web`, each with one slash. */
const slashTargets = async (session: Session, words: readonly string[]): Promise<readonly Target[]> => {
  const discovery = await session.discovery()
  return words.map((word) => {
    const parts = word.split("/")
    const [typeWord, name] = parts
    if (parts.length !== 2)
      throw plainError(
        parts.length === 1
          ? "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. '" +
              `kubectl ${session.command} resource/<resource_name>' instead of 'kubectl ${session.command} resource resource/<resource_name>'`
          : "arguments in resource/name form may not have more than one slash",
      )
    if (!typeWord || !name) throw plainError("arguments in resource/name form must have a single resource and name")
    const type = requireType(discovery, typeWord)
    return { type, namespace: scopeOf(session, type), name }
  })
}

/** Reads `(TYPE[,TYPE] [NAME ...] | TYPE/NAME ...)`. `everywhere`: no namespace for lists (-A). */
export const resolveTargets = async (
  session: Session,
  words: readonly string[],
  options: { readonly everywhere?: boolean; readonly selecting?: boolean } = {},
): Promise<readonly Target[]> => {
  const { everywhere = false, selecting = false } = options
  if (words.some((word) => word.includes("/"))) {
    if (selecting) throw plainError("when selecting resources by label or field, names may not be given")
    return slashTargets(session, words)
  }
  const [typeWord, ...names] = words
  if (typeWord === undefined) return []
  const types = await expandTypes(session, typeWord)
  if (names.length > 0 && selecting) throw plainError("name cannot be provided when a selector is specified")
  if (names.length > 0 && everywhere && types.some((type) => type.namespaced))
    throw plainError("a resource cannot be retrieved by name across all namespaces")
  if (names.length === 0)
    return types.map((type) => ({ type, namespace: everywhere ? undefined : scopeOf(session, type) }))
  return types.flatMap((type) => names.map((name) => ({ type, namespace: scopeOf(session, type), name })))
}
