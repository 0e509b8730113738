import type { FoundCluster } from "./found-cluster.ts"
import { EXTERNAL_IP, HOST_PORT } from "./objects.ts"

/** `HOST:PORT`, for curl and for `pilotage trace` alike; `what` it is, for people. */
export interface CheckDestination {
  readonly what: string
  readonly to: string
}

const SERVICE_NAMES = [
  "cip",
  "cip-local",
  "api",
  "wrong-port",
  "wrong-name",
  "nobody",
  "half",
  "lazy",
  "lazy-published",
  "denied",
  "host",
  "sticky",
  "headless-mapped",
  "manual",
  "lb-ranges",
  "alias",
  "alias-nowhere",
]

const names = (namespace: string): readonly CheckDestination[] => [
  ...SERVICE_NAMES.map((name) => ({ what: `name ${name}`, to: `${name}:80` })),
  { what: "name headless", to: "headless:8080" },
  { what: "name with namespace", to: `cip.${namespace}:80` },
  { what: "full name", to: `cip.${namespace}.svc.cluster.local:80` },
  { what: "name that is not there", to: "missing:80" },
  { what: "port that cip has not", to: "cip:81" },
]

const clusterIPs = ({ services }: FoundCluster): readonly CheckDestination[] =>
  ["cip", "cip-local", "api", "wrong-port", "nobody", "lazy", "np-local", "lb", "lb-local"].flatMap((name) => {
    const ip = services.get(name)?.clusterIP
    return ip === undefined ? [] : [{ what: `cluster IP of ${name}`, to: `${ip}:80` }]
  })

const nodePorts = ({ services, nodes }: FoundCluster): readonly CheckDestination[] =>
  [...nodes].flatMap(([node, { ip }]) => [
    ...["np", "np-local", "nobody", "lb-local", "lb-ranges"].flatMap((name) => {
      const port = services.get(name)?.nodePort
      return port === undefined ? [] : [{ what: `node port of ${name} at ${node}`, to: `${ip}:${port}` }]
    }),
    ...["lb-local"].flatMap((name) => {
      const port = services.get(name)?.healthCheckNodePort
      return port === undefined ? [] : [{ what: `health of ${name} at ${node}`, to: `${ip}:${port}` }]
    }),
    { what: `service port at ${node}`, to: `${ip}:80` },
    { what: `host network port at ${node}`, to: `${ip}:${HOST_PORT}` },
  ])

const loopback = ({ services }: FoundCluster): readonly CheckDestination[] => {
  const port = services.get("np")?.nodePort
  return port === undefined ? [] : [{ what: "node port of np at localhost", to: `127.0.0.1:${port}` }]
}

const loadBalancers = ({ services }: FoundCluster): readonly CheckDestination[] =>
  ["lb", "lb-local", "lb-ranges", "lb-bare"].flatMap((name) => {
    const ip = services.get(name)?.loadBalancerIP
    if (ip === undefined) return []
    return [
      { what: `load balancer of ${name}`, to: `${ip}:80` },
      ...(name === "lb" ? [{ what: "other port of the load balancer of lb", to: `${ip}:81` }] : []),
    ]
  })

const podAddresses = ({ pods }: FoundCluster): readonly CheckDestination[] =>
  ["web-0", "lazy-0", "denied-0"].flatMap((name) => {
    const ip = pods.get(name)?.ip
    return ip === undefined ? [] : [{ what: `pod ${name}`, to: `${ip}:8080` }]
  })

const oddities = ({ pods }: FoundCluster): readonly CheckDestination[] => {
  const web = pods.get("web-0")?.ip
  return [
    { what: "external IP", to: `${EXTERNAL_IP}:80` },
    ...(web === undefined ? [] : [{ what: "port that web-0 does not listen on", to: `${web}:9999` }]),
  ]
}

/** Every place that each client asks. */
export const destinations = (cluster: FoundCluster): readonly CheckDestination[] => [
  ...names(cluster.namespace),
  ...clusterIPs(cluster),
  ...nodePorts(cluster),
  ...loopback(cluster),
  ...loadBalancers(cluster),
  ...podAddresses(cluster),
  ...oddities(cluster),
]
