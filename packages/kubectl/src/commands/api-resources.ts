import { groupResource, groupVersionOf, type ResourceType } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { OUTPUT } from "../flags/flag-groups.ts"
import { tableWriter } from "../output/table.ts"

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

const rowOf = (type: ResourceType, wide: boolean): string =>
  [
    type.plural,
    type.shortNames.join(","),
    groupVersionOf(type),
    String(type.namespaced),
    type.kind,
    ...(wide ? [type.verbs.join(","), type.categories.join(",")] : []),
  ].join("\t")

export const apiResources: Command = {
  name: "api-resources",
  summary: "List the types of objects that the server has",
  usage: "[-o wide|name] [--namespaced=true|false] [--api-group=GROUP] [--verbs=LIST]",
  flags: [
    OUTPUT,
    { name: "namespaced", kind: "bool", default: "true" },
    { name: "api-group", kind: "string" },
    { name: "verbs", kind: "list" },
    { name: "categories", kind: "list" },
    { name: "sort-by", kind: "string" },
    { name: "no-headers", kind: "bool" },
    { name: "cached", kind: "bool" },
  ],
  async run(session) {
    const { flags } = session
    const format = flags.text("output")
    if (!["", "wide", "name"].includes(format)) throw plainError(`--output ${format} is not available`)
    const { types } = await session.discovery()
    const shown = types
      .filter((type) => !flags.changed("namespaced") || type.namespaced === flags.bool("namespaced"))
      .filter((type) => !flags.changed("api-group") || type.group === flags.text("api-group"))
      .filter((type) => flags.list("verbs").every((verb) => type.verbs.includes(verb)))
      .filter((type) => flags.list("categories").every((category) => type.categories.includes(category)))
      .toSorted((left, right) =>
        flags.text("sort-by") === "kind"
          ? compare(left.kind, right.kind)
          : flags.text("sort-by") === "name"
            ? compare(left.plural, right.plural)
            : compare(left.group, right.group) || compare(left.plural, right.plural),
      )
    if (format === "name") for (const type of shown) session.print(groupResource(type))
    else {
      const writer = tableWriter()
      if (!flags.bool("no-headers"))
        writer.write(
          `NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${format === "wide" ? "\tVERBS\tCATEGORIES" : ""}\n`,
        )
      for (const type of shown) writer.write(`${rowOf(type, format === "wide")}\n`)
      session.io.stdout(writer.flush())
    }
    return 0
  },
}

export const apiVersions: Command = {
  name: "api-versions",
  summary: "List the groups and versions that the server has",
  async run(session) {
    const { groupVersions } = await session.discovery()
    for (const each of [...groupVersions].sort()) session.print(each)
    return 0
  },
}
