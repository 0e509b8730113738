import type { Command } from "../command.ts"
import { throwAll, withSource } from "../error-messages.ts"
import { Failure, plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR, VALIDATE } from "../flags/flag-groups.ts"
import { at, text } from "../json-value.ts"
import { readObjects } from "../resources/files.ts"
import { checkOutput, createObject, dryRunOf, printDone, validationOf } from "../resources/writes.ts"
import { createConfigMap } from "./create-configmap.ts"
import { createDeployment } from "./create-deployment.ts"
import { createNamespace } from "./create-namespace.ts"
import { createService } from "./create-service.ts"
import { withLastApplied } from "./last-applied.ts"

export const create: Command = {
  name: "create",
  summary: "Make objects from a file, or a simple one from flags",
  usage: "-f FILENAME",
  children: [createConfigMap, createDeployment, createNamespace, createService],
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    SELECTOR,
    VALIDATE,
    { name: "save-config", kind: "bool" },
  ],
  async run(session) {
    const [stray] = session.args
    if (!session.flags.changed("filename") && !session.flags.changed("kustomize")) {
      if (stray === undefined) throw plainError("must specify one of -f and -k")
      throw new Failure(`error: unknown command "${session.args.join(" ")}" for "kubectl create"`)
    }
    if (stray !== undefined)
      throw plainError(`Unexpected args: [${session.args.join(" ")}]\nSee 'kubectl create -h' for help and examples`)
    checkOutput(session)
    const dryRun = dryRunOf(session)
    const { objects, errors } = await readObjects(session)
    const failures = [...errors]
    for (const item of objects) {
      session.checkInterrupt()
      const object = session.flags.bool("save-config") ? withLastApplied(item.object) : item.object
      try {
        const made =
          dryRun === "client"
            ? object
            : await createObject(session, item.type, item.namespace, object, {
                manager: session.flags.text("field-manager") || "kubectl-create",
                dryRun,
                validation: validationOf(session),
              })
        printDone(session, item.type, made, text(at(made, "metadata", "name")), "created", dryRun)
      } catch (error) {
        failures.push(withSource("creating", item.source, error))
      }
    }
    if (objects.length === 0 && failures.length === 0) throw plainError("no objects passed to create")
    throwAll(failures)
    return 0
  },
}
