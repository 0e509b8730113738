import type { Command } from "../command.ts"
import { throwAll, withSource } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR, VALIDATE } from "../flags/flag-groups.ts"
import { goJson, goQuote } from "../go-json.ts"
import { at, type JsonRecord } from "../json-value.ts"
import { threeWayPatch } from "../patch/three-way.ts"
import { type FileObject, readObjects } from "../resources/files.ts"
import {
  checkOutput,
  createObject,
  type DryRun,
  dryRunOf,
  hasMergeKeys,
  patchObject,
  printDone,
  readObject,
  validationOf,
} from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { LAST_APPLIED, lastApplied, withLastApplied } from "./last-applied.ts"
import { serverSideApply } from "./server-side-apply.ts"

const describe = ({ type, name, namespace }: FileObject): string => {
  const version = `${type.group}/${type.version}`
  return (
    `Resource: "${version}, Resource=${type.plural}", GroupVersionKind: "${version}, Kind=${type.kind}"\n` +
    `Name: ${goQuote(name)}, Namespace: ${goQuote(namespace ?? "")}`
  )
}

/** The live object, or undefined when it must be made. */
const fetchCurrent = async (session: Session, item: FileObject): Promise<JsonRecord | undefined> => {
  if (item.name === "")
    throw plainError(
      `error when retrieving current configuration of:\n${describe(item)}\nfrom server for: ${goQuote(item.source)}: resource name may not be empty`,
    )
  try {
    return await readObject(session, item.type, item.namespace, item.name)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw withSource(`retrieving current configuration of:\n${describe(item)}\nfrom server for:`, item.source, error)
  }
}

const warnWhenNotApplied = (session: Session, item: FileObject): void =>
  session.warn(
    `resource ${item.type.plural}/${item.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. ` +
      "kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. " +
      "The missing annotation will be patched automatically.",
  )

const warnWhenTerminating = (session: Session, item: FileObject, object: JsonRecord): void => {
  if (at(object, "metadata", "deletionTimestamp") !== undefined)
    session.warn(`Detected changes to resource ${item.type.plural}/${item.name} which is currently being deleted.`)
}

const applyOne = async (session: Session, item: FileObject, dryRun: DryRun): Promise<void> => {
  const { type, namespace, name, source } = item
  const manager = session.flags.text("field-manager") || "kubectl-client-side-apply"
  const validation = validationOf(session)
  const modified = withLastApplied(item.object)
  const current = await fetchCurrent(session, item)
  if (!current) {
    if (dryRun === "client") return printDone(session, type, modified, name, "created", dryRun)
    const created = await createObject(session, type, namespace, modified, { manager, dryRun, validation }).catch(
      (error: unknown) => {
        throw withSource("creating", source, error)
      },
    )
    return printDone(session, type, created, name, "created", dryRun)
  }
  const original = lastApplied(current)
  if (!original) warnWhenNotApplied(session, item)
  if (dryRun === "client") return printDone(session, type, modified, name, "configured", dryRun)
  const plain = !hasMergeKeys(type)
  const patch = threeWayPatch(type.kind, original ?? {}, modified, current, plain)
  if (Object.keys(patch).length === 0) return printDone(session, type, current, name, "unchanged", dryRun)
  const patched = await patchObject(session, type, namespace, name, plain ? "merge" : "strategic", patch, {
    manager,
    dryRun,
    validation,
  }).catch((error: unknown) => {
    throw withSource(`applying patch:\n${goJson(patch)}\nto:\n${describe(item)}\nfor:`, source, error)
  })
  warnWhenTerminating(session, item, patched)
  printDone(session, type, patched, name, "configured", dryRun)
}

export const apply: Command = {
  name: "apply",
  summary: "Make the cluster as a file says",
  usage: "-f FILENAME [--dry-run=client|server] [-o FORMAT]",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    SELECTOR,
    VALIDATE,
    { name: "server-side", kind: "bool" },
    { name: "force-conflicts", kind: "bool" },
    { name: "overwrite", kind: "bool", default: "true" },
  ],
  async run(session) {
    if (session.args.length > 0)
      throw plainError(`Unexpected args: [${session.args.join(" ")}]\nSee 'kubectl apply -h' for help and examples`)
    if (!session.flags.changed("filename") && !session.flags.changed("kustomize"))
      throw plainError("must specify one of -f and -k")
    checkOutput(session)
    const dryRun = dryRunOf(session)
    const serverSide = session.flags.bool("server-side")
    if (serverSide && dryRun === "client")
      throw plainError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
    const { objects, errors } = await readObjects(session)
    const failures = [...errors]
    if (objects.length === 0 && failures.length === 0) throw plainError("no objects passed to apply")
    for (const item of objects) {
      session.checkInterrupt()
      await (serverSide ? serverSideApply(session, item, dryRun) : applyOne(session, item, dryRun)).catch(
        (error: unknown) => failures.push(error),
      )
    }
    throwAll(failures)
    return 0
  },
}
