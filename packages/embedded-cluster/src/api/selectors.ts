import { err, type KubeObject, ok, parseLabelQuery, type Result, type Status } from "@pilotage/kube-model"
import type { Call } from "./call.ts"
import { badRequest } from "./status.ts"
import type { Strategy } from "./strategy.ts"

export type ObjectFilter = (object: KubeObject) => boolean

const fieldGetter = (strategy: Strategy, field: string): ((object: KubeObject) => string) | undefined => {
  if (field === "metadata.name") return (object) => object.metadata.name
  if (field === "metadata.namespace") return (object) => object.metadata.namespace ?? ""
  return strategy.selectable && Object.hasOwn(strategy.selectable, field) ? strategy.selectable[field] : undefined
}

/** `metadata.name=web,status.phase!=Running` (apimachinery `fields.ParseSelector`). */
const parseFieldSelector = (text: string, strategy: Strategy): Result<ObjectFilter, Status> => {
  const filters: ObjectFilter[] = []
  for (const term of text.split(",")) {
    if (term === "") continue
    const match = /^([^=!]*)(==|!=|=)(.*)$/.exec(term)
    if (!match) return err(badRequest(`invalid selector: '${text}'; can't understand '${term}'`))
    const [, field = "", operator, value] = match
    const get = fieldGetter(strategy, field)
    if (!get) return err(badRequest(`field label not supported: ${field}`))
    filters.push((object) => (get(object) === value) === (operator !== "!="))
  }
  return ok((object) => filters.every((filter) => filter(object)))
}

/** What a list, watch or deletecollection is narrowed to by its query (and by its name, for a watch of one object). */
export const requestFilter = (call: Call): Result<ObjectFilter, Status> => {
  const labels = parseLabelQuery(call.query.get("labelSelector") ?? "")
  if (!labels.ok) return err(badRequest(labels.error))
  const fields = parseFieldSelector(call.query.get("fieldSelector") ?? "", call.strategy)
  if (!fields.ok) return fields
  return ok(
    (object) =>
      (call.name === "" || object.metadata.name === call.name) &&
      labels.value(object.metadata.labels) &&
      fields.value(object),
  )
}
