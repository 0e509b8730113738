import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { OUTPUT } from "../flags/flag-groups.ts"
import { goJson } from "../go-json.ts"
import { at, text } from "../json-value.ts"
import { toYaml } from "../yaml/emit.ts"

/** The kubectl whose behaviour this is. */
const CLIENT = {
  buildDate: "2026-01-01T00:00:00Z",
  compiler: "gc",
  gitCommit: "80877d67224da93aa9da4942ec768975a627d4b3",
  gitTreeState: "clean",
  gitVersion: "v1.36.3",
  goVersion: "go1.26.8",
  major: "1",
  minor: "36",
  platform: "linux/amd64",
} as const

const KUSTOMIZE = "v5.8.1"

export const version: Command = {
  name: "version",
  summary: "Print the versions of client and server",
  usage: "[--client] [-o yaml|json]",
  flags: [OUTPUT, { name: "client", kind: "bool" }],
  async run(session) {
    const format = session.flags.text("output")
    if (!["", "yaml", "json"].includes(format)) throw plainError("--output must be 'yaml' or 'json'")
    const server = session.flags.bool("client") ? undefined : await session.api.send("GET", "/version")
    const all = {
      clientVersion: CLIENT,
      kustomizeVersion: KUSTOMIZE,
      ...(server === undefined ? {} : { serverVersion: server }),
    }
    if (format === "yaml") session.print(toYaml(all))
    else if (format === "json") session.print(goJson(all, 2))
    else {
      session.print(`Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}`)
      if (server !== undefined) session.print(`Server Version: ${text(at(server, "gitVersion"))}`)
    }
    return 0
  },
}
