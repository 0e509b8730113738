import type { Manifests } from "./manifests.ts"
import { type Meta, metaSchema } from "./meta.ts"

/** A command of the transcript and what it printed. */
export interface Transcript {
  readonly name: string
  readonly cmd: string
  readonly stdout: string
  readonly exit: number
}

const columns = (line: string): readonly string[] => line.trim().split(/\s+/)

const printed = (rows: readonly Transcript[], command: RegExp): readonly (readonly string[])[] =>
  rows.filter((row) => command.test(row.cmd)).flatMap((row) => row.stdout.split("\n").map(columns))

/** Speakers run on their nodes' own network: where they are tells the nodes' addresses. */
const nodes = (rows: readonly Transcript[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    printed(rows, /get pods .*-o wide/).flatMap(([name = "", , , , , ip = "", node = ""]) =>
      name.startsWith("speaker-") ? [[node, ip]] : [],
    ),
  )

/** NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE, of the Services that were there before the tries. */
const services = (rows: readonly Transcript[]) =>
  printed(rows, /^kubectl get svc -n \S+$/)
    .filter(([, type]) => /^(ClusterIP|NodePort|LoadBalancer)$/.test(type ?? ""))
    .map(([name = "", type = "", clusterIP = "", externalIP = "", ports = ""]) => ({
      name,
      clusterIP,
      nodePort: /:(\d+)\//.exec(ports)?.[1] ?? "",
      lbIP: type === "LoadBalancer" ? externalIP : "",
    }))

/** The node that announces the address of each Service. */
const announcers = (rows: readonly Transcript[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    rows
      .filter((row) => row.cmd.startsWith("kubectl get events"))
      .flatMap((row) => [...row.stdout.matchAll(/service\/(\S+)\s+announcing from node "([^"]+)"/g)])
      .map(([, service = "", node = ""]) => [service, node]),
  )

/** Under externalTrafficPolicy Local nobody rewrites the source: there a pod of the cluster was seen as itself. */
const podAddresses = (rows: readonly Transcript[], { pods }: Manifests): Readonly<Record<string, string>> => {
  const seen = rows.flatMap((row): readonly (readonly [string, string])[] => {
    const pod = /kubectl exec -n \S+ (\S+) --/.exec(row.cmd)?.[1]
    const ip = /^(10\.244\.\d+\.\d+):\d+ /.exec(row.stdout)?.[1]
    return row.name.startsWith("lb-local-") && pod !== undefined && ip !== undefined ? [[pod, ip]] : []
  })
  const known = new Map(seen)
  const endpoints = rows.flatMap((row) =>
    [...row.stdout.matchAll(/(10\.244\.\d+\.\d+):8080/g)].map(([, ip = ""]) => ip),
  )
  const left = new Set(endpoints.filter((ip) => ![...known.values()].includes(ip)))
  for (const { metadata } of pods) {
    const [ip] = left
    if (metadata.labels?.app !== "web" || known.has(metadata.name) || ip === undefined) continue
    known.set(metadata.name, ip)
    left.delete(ip)
  }
  return Object.fromEntries(known)
}

/** What other recordings say in their first line, read from what kubectl printed. kube-proxy was in iptables mode. */
export const metaOfTranscript = (rows: readonly Transcript[], manifests: Manifests): Meta => {
  const all = services(rows)
  const addresses = nodes(rows)
  const pick = (field: "clusterIP" | "nodePort" | "lbIP") =>
    Object.fromEntries(all.flatMap((each) => (each[field] === "" ? [] : [[each.name, each[field]]])))
  const routes = Object.entries(announcers(rows)).map(([service, node]) => [service, addresses[node] ?? node])
  return metaSchema.parse({
    meta: {
      mode: "iptables",
      loadBalancer: "metallb",
      nodes: addresses,
      pods: podAddresses(rows, manifests),
      clusterIPs: pick("clusterIP"),
      nodePorts: pick("nodePort"),
      lbIPs: pick("lbIP"),
      "lb route from outside": Object.fromEntries(routes),
      curl: "",
    },
  })
}
