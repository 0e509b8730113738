import { formatTime } from "@pilotage/kube-model"
import { groupResource, objectName } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { describePodTemplate } from "../describe/pod-template.ts"
import { throwAll } from "../error-messages.ts"
import { plainError } from "../failure.ts"
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import type { FlagSpec } from "../flags/flag-set.ts"
import { at, isRecord, type JsonRecord, sameJson, text } from "../json-value.ts"
import { createTabWriter } from "../output/tab-writer.ts"
import { type LiveObject, selectObjects } from "../resources/selected.ts"
import { dryRunOf, patchObject, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { LAST_APPLIED } from "./last-applied.ts"
import { bareTemplate, revisionsOf } from "./revisions.ts"
import { rolloutStatus } from "./rollout-status.ts"

const WRITE_FLAGS: readonly FlagSpec[] = [...FILE_FLAGS, ...PRINT_FLAGS, FIELD_MANAGER, SELECTOR]
const CHANGE_CAUSE = "kubernetes.io/change-cause"

const history = async (session: Session, live: LiveObject): Promise<void> => {
  const revisions = await revisionsOf(session, live)
  const wanted = session.flags.number("revision")
  const head = objectName(live.type, live.name)
  if (wanted > 0) {
    const found = revisions.find((revision) => revision.number === wanted)
    if (!found) throw plainError(`unable to find the specified revision`)
    const template = at(found.replicaSet, "spec", "template")
    session.print(`${head} with revision #${wanted}\n${describePodTemplate(isRecord(template) ? template : {})}`)
    return
  }
  if (revisions.length === 0) throw plainError("No rollout history found.")
  const writer = createTabWriter({ minWidth: 0, padding: 2 })
  writer.write("REVISION\tCHANGE-CAUSE\n")
  for (const { number, replicaSet } of revisions)
    writer.write(`${number}\t${text(at(replicaSet, "metadata", "annotations", CHANGE_CAUSE)) || "<none>"}\n`)
  session.print(`${head} \n${writer.flush()}`)
}

/** Annotations of a replica set that speak of itself, not of the template (deployment util annotationsToSkip). */
const OWN_ANNOTATIONS = [
  LAST_APPLIED,
  "deployment.kubernetes.io/revision",
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
]

const annotationsOf = (object: JsonRecord): JsonRecord => {
  const found = at(object, "metadata", "annotations")
  return isRecord(found) ? found : {}
}

const undo = async (session: Session, live: LiveObject): Promise<void> => {
  const dryRun = dryRunOf(session)
  const wanted = session.flags.number("to-revision")
  if (at(live.object, "spec", "paused") === true)
    throw plainError(
      `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/${live.name}' and try again`,
    )
  const revisions = await revisionsOf(session, live)
  if (revisions.length === 0 || (wanted === 0 && revisions.length < 2))
    throw plainError(`no rollout history found for deployment "${live.name}"`)
  const target = wanted === 0 ? revisions.at(-2) : revisions.find((revision) => revision.number === wanted)
  if (!target) throw plainError(`unable to find specified revision ${wanted} in history`)
  const own = annotationsOf(live.object)
  if (Object.hasOwn(own, LAST_APPLIED))
    session.warn(
      `resource ${live.type.plural}/${live.name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, ` +
        "which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.",
    )
  const template = bareTemplate(target.replicaSet)
  if (sameJson(template, at(live.object, "spec", "template"))) {
    session.print(
      `${objectName(live.type, live.name)} skipped rollback (current template already matches revision ${target.number})`,
    )
    return
  }
  const kept = Object.entries(own).filter(([key]) => OWN_ANNOTATIONS.includes(key))
  const restored = Object.entries(annotationsOf(target.replicaSet)).filter(([key]) => !OWN_ANNOTATIONS.includes(key))
  const patch = [
    { op: "replace", path: "/spec/template", value: template },
    { op: "replace", path: "/metadata/annotations", value: Object.fromEntries([...kept, ...restored]) },
  ]
  if (dryRun !== "client")
    await patchObject(session, live.type, live.namespace, live.name, "json", patch, {
      manager: "kubectl-rollout",
      dryRun,
    })
  printDone(session, live.type, live.object, live.name, "rolled back", dryRun)
}

const patchRollout = async (session: Session, live: LiveObject, patch: JsonRecord, done: string): Promise<void> => {
  const object = await patchObject(session, live.type, live.namespace, live.name, "strategic", patch, {
    manager: session.flags.text("field-manager") || "kubectl-rollout",
  })
  printDone(session, live.type, object, live.name, done)
}

const isPaused = (live: LiveObject): boolean => at(live.object, "spec", "paused") === true

const refuse = (live: LiveObject, words: string): never => {
  throw plainError(`${groupResource(live.type)} "${live.name}" ${words}`)
}

const restart = async (session: Session, live: LiveObject): Promise<void> => {
  if (isPaused(live)) refuse(live, "can't restart paused deployment (run rollout resume first)")
  const annotations = { "kubectl.kubernetes.io/restartedAt": formatTime(session.host.clock.now()) }
  await patchRollout(session, live, { spec: { template: { metadata: { annotations } } } }, "restarted")
}

const pause = async (session: Session, live: LiveObject): Promise<void> => {
  if (isPaused(live)) refuse(live, "is already paused")
  await patchRollout(session, live, { spec: { paused: true } }, "paused")
}

const resume = async (session: Session, live: LiveObject): Promise<void> => {
  if (!isPaused(live)) refuse(live, "is not paused")
  await patchRollout(session, live, { spec: { paused: null } }, "resumed")
}

const MISSING: Readonly<Record<string, (kind: string) => string>> = {
  history: (kind) => `no history viewer has been implemented for "${kind}"`,
  undo: (kind) => `no rollbacker has been implemented for "${kind}"`,
  restart: () => "restarting is not supported",
  pause: () => "pausing is not supported",
  resume: () => "resuming is not supported",
}

const command = (
  name: string,
  summary: string,
  flags: readonly FlagSpec[],
  act: (session: Session, live: LiveObject) => Promise<void>,
): Command => ({
  name,
  summary,
  usage: "(TYPE NAME | TYPE/NAME)",
  completes: "resources",
  flags,
  async run(session) {
    if (session.args.length === 0 && !session.flags.changed("filename"))
      throw plainError("required resource not specified")
    const { found, errors } = await selectObjects(session, { words: session.args, listsByDefault: true })
    const failures = [...errors]
    for (const live of found) {
      const words = MISSING[name]?.(live.type.kind) ?? ""
      const able = live.type.kind === "Deployment"
      await (able
        ? act(session, live)
        : Promise.reject(
            plainError(words.includes("not supported") ? `${groupResource(live.type)} "${live.name}" ${words}` : words),
          )
      ).catch((error: unknown) => failures.push(error))
    }
    throwAll(failures)
    return 0
  },
})

export const rollout: Command = {
  name: "rollout",
  summary: "Follow, pause, restart or undo a rollout",
  children: [
    command(
      "history",
      "List the revisions of a deployment",
      [...WRITE_FLAGS, { name: "revision", kind: "int", default: "0" }],
      history,
    ),
    command("pause", "Hold a rollout", WRITE_FLAGS, pause),
    command("restart", "Replace all pods", WRITE_FLAGS, restart),
    command("resume", "Go on with a paused rollout", WRITE_FLAGS, resume),
    rolloutStatus,
    command(
      "undo",
      "Go back to an earlier revision",
      [...WRITE_FLAGS, DRY_RUN, { name: "to-revision", kind: "int", default: "0" }],
      undo,
    ),
  ],
}
