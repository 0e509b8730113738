import type { JsonValue } from "@pilotage/kube-model"
import { objectName, pathOf, type ResourceType } from "../api/discovery.ts"
import { plainError } from "../failure.ts"
import { isRecord, type JsonRecord } from "../json-value.ts"
import { objectPrinter } from "../output/object-printer.ts"
import type { Session } from "../session.ts"

export type DryRun = "none" | "client" | "server"

export const dryRunOf = (session: Session): DryRun => {
  const value = session.flags.text("dry-run")
  if (value === "none" || value === "client" || value === "server") return value
  if (value === "unchanged")
    throw plainError(
      '--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".',
    )
  throw plainError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}

const SUFFIX: Readonly<Record<DryRun, string>> = { none: "", client: " (dry run)", server: " (server dry run)" }

/** `service/web created`, or the object itself with -o. */
export const printDone = (
  session: Session,
  type: ResourceType,
  object: JsonRecord,
  name: string,
  done: string,
  dryRun: DryRun = "none",
): void => {
  const print = objectPrinter(session.flags.text("output"), {
    showManagedFields: session.flags.bool("show-managed-fields"),
    template: session.flags.text("template"),
  })
  if (print) session.io.stdout(print(object, type))
  else session.print(`${objectName(type, name)} ${done}${SUFFIX[dryRun]}`)
}

/** Refuses an unknown -o before anything is written. */
export const checkOutput = (session: Session): void => {
  objectPrinter(session.flags.text("output"), { showManagedFields: false, template: "{.x}" })
}

export type PatchType = "strategic" | "merge" | "json"

const CONTENT_TYPES: Readonly<Record<PatchType, string>> = {
  strategic: "application/strategic-merge-patch+json",
  merge: "application/merge-patch+json",
  json: "application/json-patch+json",
}

const asRecord = (body: unknown): JsonRecord => (isRecord(body) ? body : {})

/** Who writes: goes into managedFields. */
interface WriteOptions {
  readonly manager: string
  readonly dryRun?: DryRun
  /** Strict, Warn, Ignore; absent: the server's choice. */
  readonly validation?: string
  readonly subresource?: string | undefined
}

const queryOf = (options: WriteOptions): Readonly<Record<string, string | undefined>> => ({
  ...(options.dryRun === "server" ? { dryRun: "All" } : {}),
  fieldManager: options.manager,
  ...(options.validation === undefined ? {} : { fieldValidation: options.validation }),
})

export const createObject = async (
  session: Session,
  type: ResourceType,
  namespace: string | undefined,
  object: JsonRecord,
  options: WriteOptions,
): Promise<JsonRecord> =>
  asRecord(
    await session.api.send("POST", pathOf(type, namespace), { query: queryOf(options), body: object as JsonValue }),
  )

export const replaceObject = async (
  session: Session,
  type: ResourceType,
  namespace: string | undefined,
  name: string,
  object: JsonRecord,
  options: WriteOptions,
): Promise<JsonRecord> =>
  asRecord(
    await session.api.send("PUT", pathOf(type, namespace, name, options.subresource), {
      query: queryOf(options),
      body: object as JsonValue,
    }),
  )

/** `patch` is a JSON value, or text that the user wrote and the server shall judge. */
export const patchObject = async (
  session: Session,
  type: ResourceType,
  namespace: string | undefined,
  name: string,
  patchType: PatchType,
  patch: unknown,
  options: WriteOptions,
): Promise<JsonRecord> =>
  asRecord(
    await session.api.send("PATCH", pathOf(type, namespace, name, options.subresource), {
      query: queryOf(options),
      contentType: CONTENT_TYPES[patchType],
      body: patch as JsonValue,
    }),
  )

export const readObject = async (
  session: Session,
  type: ResourceType,
  namespace: string | undefined,
  name: string,
): Promise<JsonRecord> => asRecord(await session.api.send("GET", pathOf(type, namespace, name)))

/** Types of Kubernetes itself have merge keys; others take JSON merge patches. */
export const hasMergeKeys = (type: ResourceType): boolean => !type.group.includes(".") || type.group.endsWith(".k8s.io")

/** --validate as the server's fieldValidation. */
export const validationOf = (session: Session): string => {
  const value = session.flags.text("validate")
  switch (value) {
    case "strict":
    case "true":
      return "Strict"
    case "warn":
      return "Warn"
    case "ignore":
    case "false":
      return "Ignore"
    default:
      throw plainError(
        `invalid - validate option "${value}", must be one of: strict (or true), warn, ignore (or false)`,
      )
  }
}
