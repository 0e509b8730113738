import { groupVersionOf, pathOf } from "../api/discovery.ts"
import { throwAll } from "../error-messages.ts"
import { isNotFound } from "../failure.ts"
import { at, isRecord, type JsonRecord, records } from "../json-value.ts"
import { type CustomColumns, parseCustomColumns } from "../output/custom-columns.ts"
import { objectPrinter } from "../output/object-printer.ts"
import { sortByPath } from "../output/sort.ts"
import { tableWriter } from "../output/table.ts"
import type { Target } from "../resources/arguments.ts"
import type { Session } from "../session.ts"
import { selectorQuery, withSelectorContext } from "./get-query.ts"

/** Is the format made from whole objects here, not from the server's table? Unknown formats are refused at once. */
export const isDataFormat = (format: string): boolean => {
  if (format === "" || format === "wide") return false
  if (!format.startsWith("custom-columns="))
    objectPrinter(format, { showManagedFields: false, forGet: true, template: "{.x}" })
  return true
}

/** The items of a list answer, each with its kind: the server leaves kinds out of typed lists. */
const itemsOf = (list: unknown, target: Target): readonly JsonRecord[] => {
  const items = records(at(list, "items"))
  return items.map((item) => ({ apiVersion: groupVersionOf(target.type), kind: target.type.kind, ...item }))
}

const fetchObjects = async (session: Session, target: Target): Promise<readonly JsonRecord[]> => {
  const subresource = session.flags.text("subresource") || undefined
  const path = pathOf(target.type, target.namespace, target.name, subresource)
  try {
    const body = await session.api.send("GET", path, {
      query: target.name === undefined ? { ...selectorQuery(session), limit: "500" } : {},
    })
    return target.name === undefined ? itemsOf(body, target) : isRecord(body) ? [body] : []
  } catch (error) {
    throw target.name === undefined ? withSelectorContext(error, session, target.type) : error
  }
}

const printColumns = (session: Session, columns: CustomColumns, objects: readonly JsonRecord[]): void => {
  const writer = tableWriter()
  if (!session.flags.bool("no-headers")) writer.write(`${columns.header}\n`)
  for (const object of objects) writer.write(`${columns.row(object)}\n`)
  session.io.stdout(writer.flush())
}

/** `get -o yaml|json|name|jsonpath=…|custom-columns=…`: one named object is printed as it is, all else as a List. */
export const getObjects = async (session: Session, targets: readonly Target[]): Promise<number> => {
  const format = session.flags.text("output")
  const custom = format.startsWith("custom-columns=")
    ? parseCustomColumns(format.slice("custom-columns=".length))
    : undefined
  const print = custom
    ? undefined
    : objectPrinter(format, {
        showManagedFields: session.flags.bool("show-managed-fields"),
        forGet: true,
        template: session.flags.text("template"),
      })
  const errors: unknown[] = []
  let objects: JsonRecord[] = []
  for (const target of targets) {
    session.checkInterrupt()
    try {
      objects.push(...(await fetchObjects(session, target)))
    } catch (error) {
      if (target.name !== undefined && isNotFound(error) && session.flags.bool("ignore-not-found")) continue
      errors.push(error)
    }
  }
  const sortBy = session.flags.text("sort-by")
  if (sortBy !== "") objects = [...sortByPath(objects, sortBy, (object) => object)]
  const single = targets.length === 1 && targets[0]?.name !== undefined
  const first = objects[0]
  if (custom) {
    if (!(single && !first)) printColumns(session, custom, objects)
  } else if (print && (!single || first) && !(errors.length > 0 && objects.length === 0)) {
    const list = { apiVersion: "v1", items: objects, kind: "List", metadata: { resourceVersion: "" } }
    session.io.stdout(single && first ? print(first, targets[0]?.type) : print(list, undefined))
  }
  throwAll(errors)
  return 0
}
