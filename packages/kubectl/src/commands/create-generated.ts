import { requireType } from "../api/discovery.ts"
import { plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, PRINT_FLAGS, VALIDATE } from "../flags/flag-groups.ts"
import type { FlagSpec } from "../flags/flag-set.ts"
import { type JsonRecord, withValue } from "../json-value.ts"
import { checkOutput, createObject, dryRunOf, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { withLastApplied } from "./last-applied.ts"

/** Flags of commands that make an object from their other flags. */
export const GENERATOR_FLAGS: readonly FlagSpec[] = [
  ...PRINT_FLAGS,
  DRY_RUN,
  FIELD_MANAGER,
  VALIDATE,
  { name: "save-config", kind: "bool" },
]

/** The one NAME argument of `create TYPE NAME`. */
export const oneName = (session: Session, words: readonly string[] = session.args): string => {
  const [name, ...others] = words
  if (name === undefined || others.length > 0)
    throw plainError(
      `exactly one NAME is required, got ${words.length}\nSee 'kubectl ${session.command} -h' for help and examples`,
    )
  return name
}

export const requireFlags = (session: Session, ...names: readonly string[]): void => {
  const missing = names.filter((name) => !session.flags.changed(name))
  if (missing.length > 0) throw plainError(`required flag(s) ${missing.map((name) => `"${name}"`).join(", ")} not set`)
}

/** Sends a generated object to the server (or only shows it) and says so. */
export const createGenerated = async (
  session: Session,
  typeWord: string,
  object: JsonRecord,
  done: string,
  manager: string,
): Promise<number> => {
  checkOutput(session)
  const dryRun = dryRunOf(session)
  const type = requireType(await session.discovery(), typeWord)
  const name = String((object.metadata as JsonRecord).name)
  const placed =
    type.namespaced && (session.namespaceGiven || dryRun !== "client")
      ? withValue(object, ["metadata", "namespace"], session.namespace)
      : object
  const body = session.flags.bool("save-config") ? withLastApplied(placed) : placed
  const made =
    dryRun === "client"
      ? body
      : await createObject(session, type, type.namespaced ? session.namespace : undefined, body, {
          manager: session.flags.text("field-manager") || manager,
          dryRun,
        })
  printDone(session, type, made, name, done, dryRun)
  return 0
}
