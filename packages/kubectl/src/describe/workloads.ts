import { bareTemplate, replicaSetsOf } from "../commands/revisions.ts"
import { at, isRecord, type JsonRecord, records, sameJson, text } from "../json-value.ts"
import { podSelectorOf, podsWith } from "../resources/pods.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { writePodTemplate } from "./pod-template.ts"
import { controllerOf, type Description, labelLine, longTime, writeAnnotations, writeLabels } from "./writer.ts"

const number = (value: unknown): number => (typeof value === "number" ? value : 0)

const templateOf = (object: JsonRecord): JsonRecord => {
  const template = at(object, "spec", "template")
  return isRecord(template) ? template : {}
}

const setsText = (sets: readonly JsonRecord[]): string =>
  sets.length === 0
    ? "<none>"
    : sets
        .map(
          (each) =>
            `${text(at(each, "metadata", "name"))} (${number(at(each, "status", "replicas"))}/${number(at(each, "spec", "replicas"))} replicas created)`,
        )
        .join(", ")

const writeConditions = (to: Description, object: JsonRecord): void => {
  const conditions = records(at(object, "status", "conditions"))
  if (conditions.length === 0) return
  to.line(0, "Conditions:")
  to.line(1, "Type\tStatus\tReason")
  to.line(1, "----\t------\t------")
  for (const each of conditions) to.line(1, `${text(each.type)} \t${text(each.status)}\t${text(each.reason)}`)
}

/** kubectl 1.36 `describeDeployment`. */
export const describeDeployment = async (session: Session, to: Description, live: LiveObject): Promise<void> => {
  const { object } = live
  const status = (field: string): number => number(at(object, "status", field))
  to.line(0, `Name:\t${live.name}`)
  to.line(0, `Namespace:\t${live.namespace ?? ""}`)
  to.line(0, `CreationTimestamp:\t${longTime(at(object, "metadata", "creationTimestamp"))}`)
  writeLabels(to, "Labels", at(object, "metadata", "labels"))
  writeAnnotations(to, "Annotations", at(object, "metadata", "annotations"))
  to.line(0, `Selector:\t${labelLine(at(object, "spec", "selector", "matchLabels"))}`)
  to.line(
    0,
    `Replicas:\t${number(at(object, "spec", "replicas"))} desired | ${status("updatedReplicas")} updated | ${status("replicas")} total | ${status("availableReplicas")} available | ${status("unavailableReplicas")} unavailable`,
  )
  to.line(0, `StrategyType:\t${text(at(object, "spec", "strategy", "type"))}`)
  to.line(0, `MinReadySeconds:\t${number(at(object, "spec", "minReadySeconds"))}`)
  const rolling = at(object, "spec", "strategy", "rollingUpdate")
  if (isRecord(rolling))
    to.line(0, `RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`)
  writePodTemplate(to, templateOf(object))
  writeConditions(to, object)
  const sets = await replicaSetsOf(session, live)
  const current = sets.find((each) => sameJson(bareTemplate(each), templateOf(object)))
  to.line(0, `OldReplicaSets:\t${setsText(sets.filter((each) => each !== current))}`)
  to.line(0, `NewReplicaSet:\t${setsText(current ? [current] : [])}`)
}

/** kubectl 1.36 `describeReplicaSet`. */
export const describeReplicaSet = async (session: Session, to: Description, live: LiveObject): Promise<void> => {
  const { object } = live
  const pods = (await podsWith(session, live.namespace ?? session.namespace, podSelectorOf(live) ?? "")).filter((pod) =>
    records(at(pod, "metadata", "ownerReferences")).some((owner) => owner.uid === at(object, "metadata", "uid")),
  )
  const count = (phase: string): number => pods.filter((pod) => at(pod, "status", "phase") === phase).length
  to.line(0, `Name:\t${live.name}`)
  to.line(0, `Namespace:\t${live.namespace ?? ""}`)
  to.line(0, `Selector:\t${labelLine(at(object, "spec", "selector", "matchLabels"))}`)
  writeLabels(to, "Labels", at(object, "metadata", "labels"))
  writeAnnotations(to, "Annotations", at(object, "metadata", "annotations"))
  const controller = controllerOf(object)
  if (controller !== "") to.line(0, `Controlled By:\t${controller}`)
  to.line(
    0,
    `Replicas:\t${number(at(object, "status", "replicas"))} current / ${number(at(object, "spec", "replicas"))} desired`,
  )
  to.line(
    0,
    `Pods Status:\t${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`,
  )
  writePodTemplate(to, templateOf(object))
  writeConditions(to, object)
}
