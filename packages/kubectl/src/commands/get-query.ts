import type { ResourceType } from "../api/discovery.ts"
import { ApiError } from "../failure.ts"
import type { TableOptions } from "../output/table.ts"
import type { Session } from "../session.ts"

/** Asks for the server's table; servers without tables answer with the objects. */
export const TABLE_ACCEPT = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

/** -l and --field-selector as query parameters. */
export const selectorQuery = (session: Session): { labelSelector?: string; fieldSelector?: string } => ({
  ...(session.flags.text("selector") === "" ? {} : { labelSelector: session.flags.text("selector") }),
  ...(session.flags.text("field-selector") === "" ? {} : { fieldSelector: session.flags.text("field-selector") }),
})

/** How the flags of get want tables shown. */
export const tableOptions = (session: Session): TableOptions => ({
  wide: session.flags.text("output") === "wide",
  noHeaders: session.flags.bool("no-headers"),
  showLabels: session.flags.bool("show-labels"),
  labelColumns: session.flags.list("label-columns"),
})

/** A bad selector is the server's to refuse; kubectl names what it was looking for. */
export const withSelectorContext = (error: unknown, session: Session, type: ResourceType): unknown => {
  if (!(error instanceof ApiError) || error.status.reason !== "BadRequest") return error
  const group = type.group === "" ? "" : type.group
  const what = `Unable to find "${group}/${type.version}, Resource=${type.plural}" that match label selector ${JSON.stringify(
    session.flags.text("selector"),
  )}, field selector ${JSON.stringify(session.flags.text("field-selector"))}: ${error.status.message}`
  return new ApiError({ ...error.status, message: what })
}
