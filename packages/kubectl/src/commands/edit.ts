import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { ApiError, type Failure, plainError } from "../failure.ts"
import { FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR, VALIDATE } from "../flags/flag-groups.ts"
import { at, type JsonRecord, sameJson } from "../json-value.ts"
import { withoutManagedFields } from "../output/object-printer.ts"
import { twoWayPatch } from "../patch/three-way.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { hasMergeKeys, patchObject, printDone, validationOf } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { toYaml } from "../yaml/emit.ts"
import { parseManifest } from "../yaml/parse.ts"

const HEADER = [
  "# Please edit the object below. Lines beginning with a '#' will be ignored,",
  "# and an empty file will abort the edit. If an error occurs while saving this file will be",
  "# reopened with the relevant failures.",
  "#",
]

const uncommented = (source: string): string =>
  source
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")

/** Comments that say why the last save was refused. */
const complaint = (live: LiveObject, error: ApiError): readonly string[] => {
  const causes = error.status.details?.causes ?? []
  const lines = causes.map((cause) => `# * ${cause.field ?? "<nil>"}: ${cause.message ?? ""}`)
  return error.status.reason === "Invalid"
    ? [
        `# ${live.type.plural} "${live.name}" was not valid:`,
        ...(lines.length > 0 ? lines : [`# * <nil>: ${error.status.message}`]),
        "#",
      ]
    : [
        `# ${live.type.plural} "${live.name}" could not be patched: ${error.status.message ?? ""}`,
        "# You can run `kubectl replace -f` to try this update again.",
        "#",
      ]
}

const IDENTITY = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]] as const

type Saved = { readonly kind: "unchanged" } | { readonly kind: "patched"; readonly object: JsonRecord }

const save = async (session: Session, live: LiveObject, before: JsonRecord, edited: JsonRecord): Promise<Saved> => {
  const changed = IDENTITY.find((path) => !sameJson(at(before, ...path), at(edited, ...path)))
  if (changed) throw plainError(`At least one of apiVersion, kind and name was changed`)
  const plain = !hasMergeKeys(live.type)
  const patch = twoWayPatch(live.type.kind, before, edited, plain)
  if (Object.keys(patch).length === 0) return { kind: "unchanged" }
  const object = await patchObject(
    session,
    live.type,
    live.namespace,
    live.name,
    plain ? "merge" : "strategic",
    patch,
    {
      manager: session.flags.text("field-manager") || "kubectl-edit",
      validation: validationOf(session),
      subresource: session.flags.text("subresource") || undefined,
    },
  )
  return { kind: "patched", object }
}

/** As kubectl says it: the refused text stays in the editor's file of that name. */
const preserved = (session: Session): Failure => {
  const path = `/tmp/kubectl-edit-${Math.floor(session.host.clock.now() % 1e10)}.yaml`
  session.printError(`A copy of your changes has been stored to ${JSON.stringify(path)}`)
  return plainError("Edit cancelled, no valid changes were saved.")
}

const editOne = async (session: Session, live: LiveObject): Promise<void> => {
  const before = session.flags.bool("show-managed-fields") ? live.object : withoutManagedFields(live.object)
  let text = [...HEADER, toYaml(before)].join("\n")
  let refused: string | undefined
  for (;;) {
    session.checkInterrupt()
    const edited = await session.host.edit(`kubectl-edit-${live.name}.yaml`, text)
    session.checkInterrupt()
    if (edited !== undefined && refused !== undefined && uncommented(edited) === uncommented(refused))
      throw preserved(session)
    if (edited === undefined || uncommented(edited) === uncommented(text)) {
      if (refused !== undefined) throw preserved(session)
      return session.printError("Edit cancelled, no changes made.")
    }
    if (uncommented(edited).trim() === "") return session.printError("Edit cancelled, saved file was empty.")
    const parsed = parseManifest(edited)
    const object = parsed.documents[0]
    if (!parsed.ok || !object) {
      const words = parsed.ok ? "no object in the file" : parsed.message
      refused = edited
      text = [
        ...HEADER.slice(0, 3),
        "#",
        `# The edited file had a syntax error: ${words}`,
        "#",
        uncommented(edited),
      ].join("\n")
      continue
    }
    try {
      const saved = await save(session, live, before, object)
      if (saved.kind === "unchanged") return session.printError("Edit cancelled, no changes made.")
      return printDone(session, live.type, saved.object, live.name, "edited")
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      session.printError(
        error.status.reason === "Invalid"
          ? `error: ${live.type.plural} "${live.name}" is invalid`
          : `error: ${live.type.plural} "${live.name}" could not be patched: ${error.status.message ?? ""}\nYou can run \`kubectl replace -f\` to try this update again.`,
      )
      refused = edited
      text = [...HEADER.slice(0, 3), "#", ...complaint(live, error), uncommented(edited)].join("\n")
    }
  }
}

export const edit: Command = {
  name: "edit",
  summary: "Change an object in your editor",
  usage: "(RESOURCE/NAME | -f FILENAME)",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    FIELD_MANAGER,
    SELECTOR,
    VALIDATE,
    { name: "subresource", kind: "string" },
    { name: "output-patch", kind: "bool" },
    { name: "save-config", kind: "bool" },
  ],
  async run(session) {
    if (session.args.length === 0 && !session.flags.changed("filename"))
      throw plainError("must specify one of -f and -k")
    const { found, errors } = await selectObjects(session, { words: session.args, listsByDefault: true })
    throwAll(errors)
    for (const live of found) await editOne(session, live)
    return 0
  },
}
