import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import type { Session } from "../session.ts"
import { createGenerated, GENERATOR_FLAGS, oneName } from "./create-generated.ts"

const fromFile = (session: Session, source: string): readonly (readonly [string, string])[] => {
  const [key, path] = source.includes("=")
    ? [source.slice(0, source.indexOf("=")), source.slice(source.indexOf("=") + 1)]
    : [undefined, source]
  const found = session.host.readFile(path)
  if (found === undefined) throw plainError(`error reading ${path}: no such file or directory`)
  if (typeof found === "string") return [[key ?? path.split("/").at(-1) ?? path, found]]
  return [...found].sort().flatMap((name) => {
    const content = session.host.readFile(`${path.replace(/\/+$/, "")}/${name}`)
    return typeof content === "string" ? [[name, content] as const] : []
  })
}

const fromLiteral = (source: string): readonly [string, string] => {
  const equals = source.indexOf("=")
  if (equals < 1) throw plainError(`invalid literal source ${source}, expected key=value`)
  return [source.slice(0, equals), source.slice(equals + 1).replace(/^(["'])(.*)\1$/, "$2")]
}

export const createConfigMap: Command = {
  name: "configmap",
  aliases: ["cm"],
  summary: "Make a configmap from literals or files",
  usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
  flags: [...GENERATOR_FLAGS, { name: "from-literal", kind: "array" }, { name: "from-file", kind: "list" }],
  async run(session) {
    const name = oneName(session)
    const pairs = [
      ...session.flags.list("from-file").flatMap((source) => fromFile(session, source)),
      ...session.flags.list("from-literal").map(fromLiteral),
    ]
    for (const [index, [key]] of pairs.entries())
      if (pairs.findIndex(([other]) => other === key) < index)
        throw plainError(
          `cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${name}"`,
        )
    const configMap = {
      apiVersion: "v1",
      ...(pairs.length > 0 ? { data: Object.fromEntries(pairs) } : {}),
      kind: "ConfigMap",
      metadata: { name },
    }
    return createGenerated(session, "configmaps", configMap, "created", "kubectl-create")
  },
}
