import type { Table } from "@pilotage/kube-model"
import { groupResource, kindName, pathOf } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { throwAll } from "../error-messages.ts"
import { isNotFound, plainError } from "../failure.ts"
import { ALL_NAMESPACES, FIELD_SELECTOR, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from "../flags/flag-groups.ts"
import { sortByPath } from "../output/sort.ts"
import { type RowStyle, tableLines, tableWriter } from "../output/table.ts"
import { resolveTargets, type Target } from "../resources/arguments.ts"
import { fileTargets } from "../resources/files.ts"
import type { Session } from "../session.ts"
import { getObjects, isDataFormat } from "./get-objects.ts"
import { selectorQuery, TABLE_ACCEPT, tableOptions, withSelectorContext } from "./get-query.ts"
import { watchResource } from "./get-watch.ts"

const fetchTable = async (session: Session, target: Target): Promise<Table> => {
  const sortBy = session.flags.text("sort-by")
  try {
    const table = (await session.api.send("GET", pathOf(target.type, target.namespace, target.name), {
      accept: TABLE_ACCEPT,
      query:
        target.name === undefined
          ? { ...selectorQuery(session), ...(sortBy === "" ? {} : { includeObject: "Object" }), limit: "500" }
          : {},
    })) as Table
    return sortBy === "" ? table : { ...table, rows: sortByPath(table.rows, sortBy, (row) => row.object) }
  } catch (error) {
    throw target.name === undefined ? withSelectorContext(error, session, target.type) : error
  }
}

/** Tables of one type follow each other without a break; another type starts below an empty line with its own headers. */
const printTables = async (session: Session, targets: readonly Target[]): Promise<void> => {
  const options = tableOptions(session)
  const errors: unknown[] = []
  const several = new Set(targets.map((target) => groupResource(target.type))).size > 1
  const everywhere = session.flags.bool("all-namespaces")
  let writer = tableWriter()
  let shown = ""
  let wrote = false
  for (const target of targets) {
    session.checkInterrupt()
    let table: Table
    try {
      table = await fetchTable(session, target)
    } catch (error) {
      if (target.name !== undefined && isNotFound(error) && session.flags.bool("ignore-not-found")) continue
      errors.push(error)
      continue
    }
    if (table.rows.length === 0) continue
    const resource = groupResource(target.type)
    const first = resource !== shown
    if (first) {
      session.io.stdout(writer.flush())
      writer = tableWriter()
      if (wrote && !options.noHeaders) session.io.stdout("\n")
      shown = resource
    }
    const style: RowStyle = {
      kindPrefix: several || session.flags.bool("show-kind") ? `${kindName(target.type)}/` : "",
      withNamespace: everywhere && target.type.namespaced,
    }
    for (const line of tableLines(table, table.columnDefinitions, first, options, style)) writer.write(`${line}\n`)
    wrote = true
  }
  session.io.stdout(writer.flush())
  if (!wrote && errors.length === 0 && !session.flags.bool("ignore-not-found")) {
    const namespaced = targets.some((target) => target.type.namespaced)
    session.printError(
      namespaced && !everywhere ? `No resources found in ${session.namespace} namespace.` : "No resources found",
    )
  }
  throwAll(errors)
}

const requestedTargets = async (session: Session): Promise<readonly Target[]> => {
  const files = session.flags.list("filename")
  if (files.length > 0) {
    if (session.args.length > 0)
      throw plainError(
        "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
      )
    return fileTargets(session)
  }
  if (session.args.length === 0) {
    session.printError(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n',
    )
    throw plainError(
      `Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples`,
    )
  }
  return resolveTargets(session, session.args, {
    everywhere: session.flags.bool("all-namespaces"),
    selecting: session.flags.text("selector") !== "" || session.flags.text("field-selector") !== "",
  })
}

export const get: Command = {
  name: "get",
  summary: "Show one or many objects",
  usage:
    "[(-o|--output=)json|yaml|name|wide|jsonpath=…|custom-columns=…] (TYPE[,TYPE] [NAME ... | -l label] | TYPE/NAME ...) [flags]",
  completes: "resources",
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    ALL_NAMESPACES,
    SELECTOR,
    FIELD_SELECTOR,
    { name: "watch", short: "w", kind: "bool" },
    { name: "watch-only", kind: "bool" },
    { name: "output-watch-events", kind: "bool" },
    { name: "show-labels", kind: "bool" },
    { name: "show-kind", kind: "bool" },
    { name: "label-columns", short: "L", kind: "list" },
    { name: "no-headers", kind: "bool" },
    { name: "sort-by", kind: "string" },
    { name: "ignore-not-found", kind: "bool" },
    { name: "chunk-size", kind: "int", default: "500" },
    { name: "raw", kind: "string" },
    { name: "subresource", kind: "string" },
    { name: "server-print", kind: "bool", default: "true" },
  ],
  async run(session) {
    const raw = session.flags.text("raw")
    if (raw !== "") {
      const body = await session.api.send("GET", raw)
      session.io.stdout(typeof body === "string" ? body : `${JSON.stringify(body)}\n`)
      return 0
    }
    const format = session.flags.text("output")
    const asData = isDataFormat(format)
    const targets = await requestedTargets(session)
    if (session.flags.bool("watch") || session.flags.bool("watch-only")) {
      const [target, ...others] = targets
      if (!target || others.length > 0) throw plainError("you may only specify a single resource type")
      return watchResource(session, target)
    }
    if (asData) return getObjects(session, targets)
    await printTables(session, targets)
    return 0
  },
}
