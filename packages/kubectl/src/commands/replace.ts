import { pathOf } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { throwAll, withSource } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, VALIDATE } from "../flags/flag-groups.ts"
import { type FileObject, readObjects } from "../resources/files.ts"
import { untilSeen } from "../resources/until.ts"
import {
  checkOutput,
  createObject,
  type DryRun,
  dryRunOf,
  printDone,
  replaceObject,
  validationOf,
} from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { lastApplied, withLastApplied } from "./last-applied.ts"

const forced = async (session: Session, item: FileObject): Promise<void> => {
  const { type, namespace, name, source, object } = item
  const removed = await session.api
    .send("DELETE", pathOf(type, namespace, name), { body: { propagationPolicy: "Background", gracePeriodSeconds: 0 } })
    .then(
      () => true,
      (error: unknown) => {
        if (isNotFound(error)) return false
        throw error
      },
    )
  if (removed) {
    session.print(
      `${type.kind.toLowerCase()}${type.group === "" ? "" : `.${type.group}`} "${name}" deleted${namespace === undefined ? "" : ` from ${namespace} namespace`}`,
    )
    await untilSeen(session, { type, namespace, name }, session.io.cancellation, (sight) => "gone" in sight)
    session.checkInterrupt()
  }
  const made = await createObject(session, type, namespace, object, {
    manager: "kubectl-replace",
    validation: validationOf(session),
  }).catch((error: unknown) => {
    throw withSource("creating", source, error)
  })
  printDone(session, type, made, name, "replaced")
}

const replaceOne = async (session: Session, item: FileObject, dryRun: DryRun): Promise<void> => {
  const { type, namespace, name, source } = item
  const keep = session.flags.bool("save-config") || lastApplied(item.object) !== undefined
  const object = keep ? withLastApplied(item.object) : item.object
  if (dryRun === "client") return printDone(session, type, object, name, "replaced", dryRun)
  const done = await replaceObject(session, type, namespace, name, object, {
    manager: session.flags.text("field-manager") || "kubectl-replace",
    dryRun,
    validation: validationOf(session),
  }).catch((error: unknown) => {
    throw withSource("replacing", source, error)
  })
  printDone(session, type, done, name, "replaced", dryRun)
}

export const replace: Command = {
  name: "replace",
  summary: "Put an object from a file in place of the present one",
  usage: "-f FILENAME [--force]",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    VALIDATE,
    { name: "force", kind: "bool" },
    { name: "save-config", kind: "bool" },
    { name: "grace-period", kind: "int", default: "-1" },
  ],
  async run(session) {
    if (!session.flags.changed("filename")) throw plainError("must specify one of -f and -k")
    checkOutput(session)
    const dryRun = dryRunOf(session)
    const { objects, errors } = await readObjects(session)
    const failures = [...errors]
    for (const item of objects)
      await (session.flags.bool("force") ? forced(session, item) : replaceOne(session, item, dryRun)).catch(
        (error: unknown) => failures.push(error),
      )
    if (objects.length === 0 && failures.length === 0) throw plainError("no objects passed to replace")
    throwAll(failures)
    return 0
  },
}
