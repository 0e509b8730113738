import type { Command } from "../command.ts"
import { plainError } from "../failure.ts"
import { SELECTOR } from "../flags/flag-groups.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { nothingNamed } from "../resources/arguments.ts"
import { parseLabels } from "../resources/labels.ts"
import { type LiveObject, oneObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { createGenerated, GENERATOR_FLAGS } from "./create-generated.ts"

interface ExposedPort {
  readonly port: number
  readonly protocol: string
}

const EXPOSABLE = ["Pod", "Service", "ReplicationController", "Deployment", "ReplicaSet"]

const selectorOf = ({ type, object }: LiveObject): JsonRecord => {
  const found =
    type.kind === "Service"
      ? at(object, "spec", "selector")
      : type.kind === "Pod"
        ? at(object, "metadata", "labels")
        : at(object, "spec", "selector", "matchLabels")
  if (isRecord(found) && Object.keys(found).length > 0) return found
  throw plainError(
    type.kind === "Pod"
      ? "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed"
      : `couldn't retrieve selectors via --selector flag or introspection: the ${type.kind.toLowerCase()} has no pod selector set`,
  )
}

const portsOf = ({ type, object }: LiveObject): readonly ExposedPort[] => {
  if (type.kind === "Service")
    return records(at(object, "spec", "ports")).map((each) => ({
      port: Number(each.port),
      protocol: text(each.protocol) || "TCP",
    }))
  const spec = type.kind === "Pod" ? at(object, "spec") : at(object, "spec", "template", "spec")
  return records(at(spec, "containers"))
    .flatMap((container) => records(container.ports))
    .map((each) => ({ port: Number(each.containerPort), protocol: text(each.protocol) || "TCP" }))
}

const wantedPorts = (session: Session, live: LiveObject): readonly ExposedPort[] => {
  const given = session.flags.text("port")
  const protocol = session.flags.text("protocol")
  const ports =
    given === ""
      ? portsOf(live)
      : given.split(",").map((each) => ({
          port: Number(each),
          protocol: portsOf(live).find(({ port }) => port === Number(each))?.protocol ?? "TCP",
        }))
  if (ports.length === 0) throw plainError("couldn't find port via --port flag or introspection")
  return protocol === "" ? ports : ports.map(({ port }) => ({ port, protocol }))
}

const serviceFor = (session: Session, live: LiveObject): JsonRecord => {
  const { flags } = session
  const selector = flags.text("selector") === "" ? selectorOf(live) : parseLabels(flags.text("selector"))
  const ports = wantedPorts(session, live)
  const target = flags.text("target-port")
  const labels = flags.text("labels") === "" ? at(live.object, "metadata", "labels") : parseLabels(flags.text("labels"))
  const name = (flags.text("name") || live.name).slice(0, 63)
  const type = flags.text("type")
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...(isRecord(labels) && Object.keys(labels).length > 0 ? { labels } : {}), name },
    spec: {
      ...(flags.changed("cluster-ip") ? { clusterIP: flags.text("cluster-ip") } : {}),
      ...(flags.text("external-ip") === "" ? {} : { externalIPs: [flags.text("external-ip")] }),
      ...(flags.text("load-balancer-ip") === "" ? {} : { loadBalancerIP: flags.text("load-balancer-ip") }),
      ports: ports.map(({ port, protocol }, index) => ({
        ...(ports.length > 1 ? { name: `port-${index + 1}` } : {}),
        port,
        protocol,
        targetPort: target === "" ? port : /^\d+$/.test(target) ? Number(target) : target,
      })),
      selector,
      ...(flags.text("session-affinity") === "" ? {} : { sessionAffinity: flags.text("session-affinity") }),
      ...(type === "" ? {} : { type }),
    },
    status: { loadBalancer: {} },
  }
}

export const expose: Command = {
  name: "expose",
  summary: "Make a service for a deployment, pod or another service",
  usage: "(TYPE NAME) [--port=port] [--target-port=number-or-name] [--name=name] [--type=type]",
  completes: "resources",
  flags: [
    ...GENERATOR_FLAGS,
    SELECTOR,
    { name: "filename", short: "f", kind: "list" },
    { name: "port", kind: "string" },
    { name: "target-port", kind: "string" },
    { name: "type", kind: "string" },
    { name: "name", kind: "string" },
    { name: "protocol", kind: "string" },
    { name: "labels", kind: "string" },
    { name: "external-ip", kind: "string" },
    { name: "load-balancer-ip", kind: "string" },
    { name: "session-affinity", kind: "string" },
    { name: "cluster-ip", kind: "string" },
  ],
  async run(session) {
    if (session.args.length === 0) throw nothingNamed()
    const live = await oneObject(session, session.args)
    if (!EXPOSABLE.includes(live.type.kind))
      throw plainError(`cannot expose a ${live.type.kind}${live.type.group === "" ? "" : `.${live.type.group}`}`)
    return createGenerated(session, "services", serviceFor(session, live), "exposed", "kubectl-expose")
  },
}
