import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { OUTPUT } from "../flags/flag-groups.ts"
import { goJson } from "../go-json.ts"
import { compileJsonPath } from "../output/jsonpath.ts"
import { tableWriter } from "../output/table.ts"
import { CONTEXT, type Session } from "../session.ts"
import { toYaml } from "../yaml/emit.ts"

const requireContext = (name: string): void => {
  if (name !== CONTEXT.name) throw plainError(`no context exists with the name: "${name}"`)
}

/** The learner's kubeconfig as kubectl shows it: secrets left out. */
const configOf = (session: Session): object => ({
  apiVersion: "v1",
  clusters: [
    {
      cluster: { "certificate-authority-data": "DATA+OMITTED", server: session.host.serverAddress },
      name: CONTEXT.cluster,
    },
  ],
  contexts: [
    {
      context: {
        cluster: CONTEXT.cluster,
        ...(session.host.defaultNamespace === "default" ? {} : { namespace: session.host.defaultNamespace }),
        user: CONTEXT.user,
      },
      name: CONTEXT.name,
    },
  ],
  "current-context": CONTEXT.name,
  kind: "Config",
  preferences: {},
  users: [
    { name: CONTEXT.user, user: { "client-certificate-data": "DATA+OMITTED", "client-key-data": "DATA+OMITTED" } },
  ],
})

const setContext: Command = {
  name: "set-context",
  summary: "Set the namespace of the current context",
  usage: "--current --namespace=NAMESPACE",
  flags: [{ name: "current", kind: "bool" }],
  async run(session) {
    const [name] = session.args
    if (session.flags.bool("current") === (name !== undefined))
      throw plainError(
        name === undefined
          ? "Unexpected args: []\nSee 'kubectl config set-context -h' for help and examples"
          : "you cannot specify both a context name and --current\nSee 'kubectl config set-context -h' for help and examples",
      )
    if (name !== undefined) requireContext(name)
    if (session.namespaceGiven) {
      if (!session.host.saveNamespace) throw plainError("open /root/.kube/config: read-only file system")
      session.host.saveNamespace(session.namespace)
    }
    session.print(`Context "${CONTEXT.name}" modified.`)
    return 0
  },
}

const view: Command = {
  name: "view",
  summary: "Print the kubeconfig",
  usage: "[--minify] [-o yaml|json]",
  flags: [OUTPUT, { name: "minify", kind: "bool" }, { name: "raw", kind: "bool" }, { name: "flatten", kind: "bool" }],
  async run(session) {
    const format = session.flags.text("output") || "yaml"
    const config = configOf(session)
    if (format === "yaml") session.io.stdout(toYaml(config))
    else if (format === "json") session.print(goJson(config, 4))
    else if (format.startsWith("jsonpath=")) {
      session.io.stdout(compileJsonPath(format.slice("jsonpath=".length))(config))
    } else throw plainError(`unable to match a printer suitable for the output format "${format}"`)
    return 0
  },
}

const getContexts: Command = {
  name: "get-contexts",
  summary: "List contexts",
  flags: [OUTPUT, { name: "no-headers", kind: "bool" }],
  async run(session) {
    for (const name of session.args) requireContext(name)
    if (session.flags.text("output") === "name") {
      session.print(CONTEXT.name)
      return 0
    }
    const writer = tableWriter()
    if (!session.flags.bool("no-headers")) writer.write("CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n")
    const namespace = session.host.defaultNamespace === "default" ? "" : session.host.defaultNamespace
    writer.write(`*\t${CONTEXT.name}\t${CONTEXT.cluster}\t${CONTEXT.user}\t${namespace}\n`)
    session.io.stdout(writer.flush())
    return 0
  },
}

const useContext: Command = {
  name: "use-context",
  aliases: ["use"],
  summary: "Switch to a context",
  async run(session) {
    const [name = ""] = session.args
    requireContext(name)
    session.print(`Switched to context "${name}".`)
    return 0
  },
}

const currentContext: Command = {
  name: "current-context",
  summary: "Print the name of the current context",
  async run(session) {
    session.print(CONTEXT.name)
    return 0
  },
}

export const config: Command = {
  name: "config",
  summary: "Show or change the kubeconfig",
  children: [currentContext, getContexts, setContext, useContext, view],
}
