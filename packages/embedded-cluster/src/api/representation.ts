import { err, type KubeObject, ok, type Result, type Status, type Table } from "@pilotage/kube-model"
import { tableOf } from "../tables/table.ts"
import type { Call } from "./call.ts"
import { listItem, listItems } from "./reading/shared-text.ts"
import { apiVersionOf } from "./resources.ts"
import { failure } from "./status.ts"

/** How objects are written into an answer: as they are, or as rows of a Table. */
export interface Representation {
  readonly one: (object: KubeObject) => KubeObject | Table
  readonly many: (objects: readonly KubeObject[], metadata: object) => unknown
  /** For watch events: the columns are told only with the first. */
  readonly event: (object: KubeObject) => KubeObject | Table
  /** A bookmark has nothing that cells could say: its Table is without rows. */
  readonly bookmark: (object: KubeObject) => KubeObject | Table
}

const MEDIA =
  "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch"

type Media = "json" | "table"

/** The first media type that we can write; undefined when there is none. */
const negotiate = (accept: string): Media | undefined => {
  for (const clause of accept.split(",")) {
    const [type = "", ...parameters] = clause.split(";").map((part) => part.trim().toLowerCase())
    if (type === "*/*" || type === "application/*") return "json"
    if (type !== "application/json") continue
    const as = parameters.find((each) => each.startsWith("as="))?.slice(3)
    if (as === undefined) return "json"
    if (as === "table" && parameters.includes("g=meta.k8s.io") && parameters.includes("v=v1")) return "table"
  }
  return undefined
}

const asIs = (object: KubeObject): KubeObject => object

const asList = (call: Call, shown: (object: KubeObject) => KubeObject): Representation => ({
  one: shown,
  event: shown,
  bookmark: (object) => object,
  many: (objects, metadata) => ({
    kind: call.info.custom?.listKind ?? `${call.info.kind}List`,
    apiVersion: apiVersionOf(call.info),
    metadata,
    items: shown === asIs ? listItems(objects) : objects.map((object) => listItem(shown(object))),
  }),
})

/** What an answer shows, where that is not what is stored. */
const asRead = (call: Call, shown: Representation): Representation => {
  const read = call.info.resource === "leases" ? call.hooks.asRead : undefined
  if (!read) return shown
  return { ...shown, one: (object) => shown.one(read(object)), many: (all, more) => shown.many(all.map(read), more) }
}

export const representation = (call: Call): Result<Representation, Status> => {
  const media = negotiate(call.headers.accept ?? "*/*")
  if (media === undefined) return err(failure(406, "NotAcceptable", MEDIA, {}))
  const shown = call.info.conversion?.fromStored ?? asIs
  if (media === "json") return ok(asRead(call, asList(call, shown)))
  const include = call.query.get("includeObject")
  const rows = (objects: readonly KubeObject[], metadata: object): Table =>
    tableOf(call.info.stored, objects, {
      now: call.hooks.now(),
      wide: true,
      include: include === "Object" || include === "None" ? include : "Metadata",
      metadata,
      ...(call.info.custom ? { printer: call.info.custom.printer } : {}),
    })
  const versionOf = (object: KubeObject): object => ({ resourceVersion: object.metadata.resourceVersion ?? "" })
  let told = false
  return ok({
    one: (object) => rows([object], versionOf(object)),
    many: rows,
    event: (object) => {
      const table = rows([object], versionOf(object))
      const shown = told ? { ...table, columnDefinitions: [] } : table
      told = true
      return shown
    },
    bookmark: (object) => rows([], versionOf(object)),
  })
}
