import { pathOf, requireType } from "../api/discovery.ts"
import { at, isRecord, type JsonRecord, records, text, withoutValue } from "../json-value.ts"
import { podSelectorOf } from "../resources/pods.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"

const REVISION = "deployment.kubernetes.io/revision"

/** A replica set of a deployment with the revision that it stands for. */
export interface Revision {
  readonly number: number
  readonly replicaSet: JsonRecord
}

/** The replica sets that a deployment controls. */
export const replicaSetsOf = async (session: Session, live: LiveObject): Promise<readonly JsonRecord[]> => {
  const type = requireType(await session.discovery(), "replicasets.apps")
  const list = await session.api.send("GET", pathOf(type, live.namespace), {
    query: { labelSelector: podSelectorOf(live) },
  })
  const uid = at(live.object, "metadata", "uid")
  return records(at(list, "items"))
    .filter((each) =>
      records(at(each, "metadata", "ownerReferences")).some((owner) => owner.uid === uid && owner.controller === true),
    )
    .map((each) => ({ apiVersion: "apps/v1", kind: "ReplicaSet", ...each }))
}

/** Oldest revision first. */
export const revisionsOf = async (session: Session, live: LiveObject): Promise<readonly Revision[]> =>
  (await replicaSetsOf(session, live))
    .map((replicaSet) => ({
      number: Number(text(at(replicaSet, "metadata", "annotations", REVISION)) || "0"),
      replicaSet,
    }))
    .filter((revision) => revision.number > 0)
    .sort((left, right) => left.number - right.number)

/** The pod template without the hash that the deployment controller adds. */
export const bareTemplate = (replicaSet: JsonRecord): JsonRecord => {
  const template = at(replicaSet, "spec", "template")
  return isRecord(template) ? withoutValue(template, ["metadata", "labels", "pod-template-hash"]) : {}
}
