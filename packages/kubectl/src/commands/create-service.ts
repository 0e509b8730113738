import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import type { FlagSpec } from "../flags/flag-set.ts"
import type { Session } from "../session.ts"
import { createGenerated, GENERATOR_FLAGS, oneName, requireFlags } from "./create-generated.ts"

type Kind = "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName"

const portNumber = (text: string, whole: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text)) throw plainError(`strconv.ParseInt: parsing "${text}": invalid syntax`)
  if (value < 1 || value > 65535) throw plainError(`invalid port "${whole}": must be between 1 and 65535, inclusive`)
  return value
}

/** `80:8080` or `80`; the port's name is the text with a dash (kubectl create service). */
const parsePort = (text: string, nodePort: number): Readonly<Record<string, unknown>> => {
  const [port = "", target] = text.split(":")
  const number = portNumber(port, text)
  const targetPort = target === undefined ? number : /^\d+$/.test(target) ? portNumber(target, text) : target
  return {
    name: text.replace(":", "-"),
    ...(nodePort > 0 ? { nodePort } : {}),
    port: number,
    protocol: "TCP",
    targetPort,
  }
}

const generate = async (session: Session, type: Kind): Promise<number> => {
  const external = type === "ExternalName"
  if (external) requireFlags(session, "external-name")
  const name = oneName(session)
  const clusterIP = type === "ClusterIP" ? session.flags.text("clusterip") : ""
  const tcp = session.flags.list("tcp")
  if (tcp.length === 0 && !external && clusterIP !== "None")
    throw plainError("at least one tcp port specifier must be provided")
  const nodePort = type === "NodePort" ? session.flags.number("node-port") : 0
  const ports = tcp.map((text) => parsePort(text, nodePort))
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { labels: { app: name }, name },
    spec: {
      ...(clusterIP === "" ? {} : { clusterIP }),
      ...(external ? { externalName: session.flags.text("external-name") } : {}),
      ...(ports.length > 0 ? { ports } : {}),
      selector: { app: name },
      type,
    },
    status: { loadBalancer: {} },
  }
  return createGenerated(session, "services", service, "created", "kubectl-create")
}

const TCP: FlagSpec = { name: "tcp", kind: "list" }

const kindCommand = (name: string, type: Kind, extra: readonly FlagSpec[], usage: string): Command => ({
  name,
  summary: `Make a ${type} service`,
  usage,
  flags: [...GENERATOR_FLAGS, TCP, ...extra],
  run: (session) => generate(session, type),
})

export const createService: Command = {
  name: "service",
  aliases: ["svc"],
  summary: "Make a service of a given type",
  children: [
    kindCommand("clusterip", "ClusterIP", [{ name: "clusterip", kind: "string" }], "NAME [--tcp=<port>:<targetPort>]"),
    kindCommand(
      "externalname",
      "ExternalName",
      [{ name: "external-name", kind: "string" }],
      "NAME --external-name external.name",
    ),
    kindCommand("loadbalancer", "LoadBalancer", [], "NAME [--tcp=port:targetPort]"),
    kindCommand("nodeport", "NodePort", [{ name: "node-port", kind: "int" }], "NAME [--tcp=port:targetPort]"),
  ],
}
