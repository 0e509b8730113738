import { formatTime } from "@pilotage/kube-model"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { Failure, isNotFound, plainError } from "../failure.ts"
import { FIELD_MANAGER, FILE_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import type { JsonRecord } from "../json-value.ts"
import { withoutManagedFields } from "../output/object-printer.ts"
import { unifiedDiff } from "../output/unified-diff.ts"
import { threeWayPatch } from "../patch/three-way.ts"
import { type FileObject, readObjects } from "../resources/files.ts"
import { createObject, hasMergeKeys, patchObject, readObject } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { toYaml } from "../yaml/emit.ts"
import { lastApplied, withLastApplied } from "./last-applied.ts"

const MANAGER = { manager: "kubectl-client-side-apply", dryRun: "server", validation: "Strict" } as const

interface Sides {
  readonly live: JsonRecord | undefined
  readonly merged: JsonRecord
}

/** What is there and what apply would make of it; the server works it out and writes nothing. */
const sidesOf = async (session: Session, { type, namespace, name, object }: FileObject): Promise<Sides> => {
  const modified = withLastApplied(object)
  const live = await readObject(session, type, namespace, name).catch((error: unknown) => {
    if (isNotFound(error)) return undefined
    throw error
  })
  if (!live) return { live, merged: await createObject(session, type, namespace, modified, MANAGER) }
  const plain = !hasMergeKeys(type)
  const patch = threeWayPatch(type.kind, lastApplied(live) ?? {}, modified, live, plain)
  if (Object.keys(patch).length === 0) return { live, merged: live }
  return {
    live,
    merged: await patchObject(session, type, namespace, name, plain ? "merge" : "strategic", patch, MANAGER),
  }
}

const fileName = ({ type, namespace, name }: FileObject): string =>
  [...(type.group === "" ? [] : [type.group]), type.version, type.kind, namespace ?? "", name].join(".")

const show = (session: Session, item: FileObject, { live, merged }: Sides): boolean => {
  const hunks = unifiedDiff(live ? toYaml(withoutManagedFields(live)) : "", toYaml(withoutManagedFields(merged)))
  if (hunks === "") return false
  const now = session.host.clock.now()
  const stamp = formatTime(now).replace("T", " ").replace("Z", ".000000000 +0000")
  const number = Math.floor(now % 1e10)
  const [left, right] = [`/tmp/LIVE-${number}/${fileName(item)}`, `/tmp/MERGED-${number + 1}/${fileName(item)}`]
  session.io.stdout(`diff -u -N ${left} ${right}\n--- ${left}\t${stamp}\n+++ ${right}\t${stamp}\n${hunks}`)
  return true
}

export const diff: Command = {
  name: "diff",
  summary: "Show what apply would change",
  usage: "-f FILENAME",
  flags: [...FILE_FLAGS, FIELD_MANAGER, SELECTOR, { name: "server-side", kind: "bool" }],
  async run(session) {
    if (!session.flags.changed("filename")) throw plainError("must specify one of -f and -k")
    const { objects, errors } = await readObjects(session)
    throwAll(errors)
    let differs = false
    for (const item of objects) {
      session.checkInterrupt()
      if (show(session, item, await sidesOf(session, item))) differs = true
    }
    // diff's own convention: 1 says that there are differences.
    if (differs) throw new Failure("", 1)
    return 0
  },
}
