import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS } from "../flags/flag-groups.ts"
import { at } from "../json-value.ts"
import { resolveTargets } from "../resources/arguments.ts"
import { fileTargets } from "../resources/files.ts"
import { checkOutput, dryRunOf, type PatchType, patchObject, printDone, readObject } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { parseManifest } from "../yaml/parse.ts"

const patchText = (session: Session): string => {
  const file = session.flags.text("patch-file")
  if (file === "") return session.flags.text("patch")
  const found = session.host.readFile(file)
  if (typeof found !== "string") throw plainError(`unable to read patch file: open ${file}: no such file or directory`)
  return found
}

const isPatchType = (value: string): value is PatchType => ["strategic", "merge", "json"].includes(value)

/** YAML becomes JSON; what is neither goes to the server as it is, for its words about it. */
const patchValue = (source: string): unknown => {
  try {
    return JSON.parse(source)
  } catch {
    if (/^\s*[{[]/.test(source)) return source
    const parsed = parseManifest(source)
    if (!parsed.ok)
      throw plainError(
        `unable to parse ${JSON.stringify(source)}: ${parsed.message.replace(/^error converting YAML to JSON: /, "")}`,
      )
    return parsed.documents[0] ?? source
  }
}

export const patch: Command = {
  name: "patch",
  summary: "Change fields of an object",
  usage: "(-f FILENAME | TYPE NAME) [-p PATCH | --patch-file FILE] [--type=strategic|merge|json]",
  completes: "resources",
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    { name: "patch", short: "p", kind: "string" },
    { name: "patch-file", kind: "string" },
    { name: "type", kind: "string", default: "strategic" },
    { name: "subresource", kind: "string" },
  ],
  async run(session) {
    const type = session.flags.text("type")
    if (!isPatchType(type)) throw plainError(`--type must be one of [json merge strategic], not "${type}"`)
    const source = patchText(session)
    if (source === "") throw plainError("must specify --patch or --patch-file containing the contents of the patch")
    checkOutput(session)
    const dryRun = dryRunOf(session)
    const value = patchValue(source)
    const fromFile = session.flags.changed("filename")
    const targets = fromFile ? await fileTargets(session) : await resolveTargets(session, session.args)
    if (targets.length === 0) throw plainError("resource(s) were provided, but no name was specified")
    const errors: unknown[] = []
    for (const target of targets) {
      const name = target.name
      if (name === undefined) throw plainError("resource(s) were provided, but no name was specified")
      try {
        const before = await readObject(session, target.type, target.namespace, name)
        const after = await patchObject(session, target.type, target.namespace, name, type, value, {
          manager: session.flags.text("field-manager") || "kubectl-patch",
          dryRun: dryRun === "client" ? "server" : dryRun,
          subresource: session.flags.text("subresource") || undefined,
        })
        const same = at(before, "metadata", "resourceVersion") === at(after, "metadata", "resourceVersion")
        printDone(
          session,
          target.type,
          after,
          name,
          same && dryRun === "none" ? "patched (no change)" : "patched",
          dryRun,
        )
      } catch (error) {
        errors.push(error)
      }
    }
    throwAll(errors)
    return 0
  },
}
