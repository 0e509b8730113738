import type { JsonValue, Random } from "@pilotage/kube-model"
import { listOf, maybe, once, oneOf } from "./chance.ts"
import { ADDRESSES, BLOCKS, NAMES, ODD_ADDRESSES, ODD_STRINGS, PORTS } from "./odd-values.ts"

/** API objects as data, of which each could exist; that they fit together is left to chance. */
type Json = JsonValue | undefined

const NAMESPACES = ["shop", "shop", "shop", "shop", "kube-system", "default"] as const
const NODES = ["node-1", "node-1", "node-2", "node-2", "node-3"] as const
const ZONES = ["a", "b"] as const
const APPS = ["web", "db", "kube-dns"] as const
const PROTOCOLS = ["TCP", "TCP", "TCP", "UDP", "SCTP"] as const
const PORT_NAMES = ["http", "http", "dns"] as const

const address = (random: Random): Json => oneOf(random, once(random, 12) ? ODD_ADDRESSES : ADDRESSES)
const podAddress = (random: Random): Json =>
  once(random, 5) ? address(random) : oneOf(random, ["10.244.1.5", "10.244.1.6", "10.244.2.5", "fd00:10:244:1::5"])
const v4 = (random: Random): Json => oneOf(random, ADDRESSES.slice(0, 12))
const name = (random: Random): Json => oneOf(random, once(random, 20) ? ODD_STRINGS : NAMES)
const serviceName = (random: Random): Json => oneOf(random, once(random, 20) ? ODD_STRINGS : NAMES.slice(0, 4))
const port = (random: Random): Json => oneOf(random, once(random, 2) ? PORTS : [80, 8080])
const namespace = (random: Random): Json => oneOf(random, NAMESPACES)
const labels = (random: Random): Json => ({
  app: oneOf(random, APPS) ?? "",
  ...maybe(random, 3, () => ({ tier: "x" })),
})

export const json = (fields: Readonly<Record<string, Json>>): JsonValue => {
  const present: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) present[key] = value
  return present
}

export const namespaceObject = (random: Random): JsonValue =>
  json({ apiVersion: "v1", kind: "Namespace", metadata: json({ name: namespace(random), labels: labels(random) }) })

export const nodeObject = (random: Random, index: number): JsonValue =>
  json({
    apiVersion: "v1",
    kind: "Node",
    metadata: json({
      name: `node-${index + 1}`,
      labels: json({
        "topology.kubernetes.io/zone": once(random, 3) ? undefined : oneOf(random, ZONES),
        "node.kubernetes.io/exclude-from-external-load-balancers": once(random, 8) ? "" : undefined,
      }),
    }),
    spec: json({
      podCIDR: `10.244.${index + 1}.0/24`,
      podCIDRs: once(random, 2) ? undefined : [`10.244.${index + 1}.0/24`, `fd00:10:244:${index + 1}::/64`],
    }),
    status: json({
      addresses: [
        json({ type: "InternalIP", address: once(random, 6) ? address(random) : `172.18.0.${index + 2}` }),
        ...listOf(random, 2, () =>
          json({ type: oneOf(random, ["InternalIP", "ExternalIP", "Hostname"]), address: address(random) }),
        ),
      ],
    }),
  })

const containerPort = (random: Random): JsonValue =>
  json({
    name: once(random, 2) ? oneOf(random, PORT_NAMES) : undefined,
    containerPort: port(random),
    protocol: oneOf(random, PROTOCOLS),
    hostPort: once(random, 6) ? port(random) : undefined,
    hostIP: once(random, 10) ? address(random) : undefined,
  })

export const podObject = (random: Random, index: number): JsonValue => {
  const podIP = podAddress(random)
  return json({
    apiVersion: "v1",
    kind: "Pod",
    metadata: json({
      name: `web-${index}`,
      namespace: namespace(random),
      labels: labels(random),
      deletionTimestamp: once(random, 8) ? "2026-01-01T00:00:00Z" : undefined,
    }),
    spec: json({
      nodeName: once(random, 25) ? undefined : oneOf(random, NODES),
      hostNetwork: once(random, 6) ? true : undefined,
      hostname: once(random, 8) ? name(random) : undefined,
      subdomain: once(random, 8) ? name(random) : undefined,
      dnsPolicy: once(random, 6)
        ? oneOf(random, ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"])
        : undefined,
      containers: listOf(random, 2, () =>
        json({ name: "c", image: "nginx", ports: listOf(random, 2, () => containerPort(random)) }),
      ),
    }),
    status: json({
      phase: once(random, 25) ? oneOf(random, ["Pending", "Succeeded", "Failed"]) : "Running",
      podIP: once(random, 25) ? undefined : podIP,
      podIPs: once(random, 3)
        ? undefined
        : [json({ ip: podIP }), ...listOf(random, 1, () => json({ ip: podAddress(random) }))],
      conditions: [json({ type: "Ready", status: oneOf(random, ["True", "True", "False", "Unknown"]) })],
    }),
  })
}

const servicePort = (random: Random): JsonValue =>
  json({
    name: once(random, 4) ? oneOf(random, PORT_NAMES) : undefined,
    protocol: once(random, 4) ? oneOf(random, PROTOCOLS) : undefined,
    port: port(random),
    targetPort: oneOf<Json>(random, [undefined, 8080, 80, "http", "nosuch"]),
    nodePort: once(random, 3) ? oneOf(random, [30080, 30081, 31000]) : undefined,
  })

export const serviceObject = (random: Random): JsonValue => {
  const type = oneOf(random, ["ClusterIP", "ClusterIP", "NodePort", "LoadBalancer", "LoadBalancer", "ExternalName"])
  const clusterIP = once(random, 8) ? oneOf(random, ["None", ""]) : once(random, 4) ? address(random) : v4(random)
  return json({
    apiVersion: "v1",
    kind: "Service",
    metadata: json({
      name: serviceName(random),
      namespace: namespace(random),
      labels: once(random, 15) ? { "service.kubernetes.io/service-proxy-name": "x" } : undefined,
    }),
    spec: json({
      type: once(random, 8) ? undefined : type,
      clusterIP,
      clusterIPs: once(random, 3) ? [clusterIP ?? "", address(random) ?? ""] : undefined,
      externalIPs: once(random, 4) ? listOf(random, 2, () => address(random) ?? "") : undefined,
      externalName:
        type === "ExternalName"
          ? oneOf<Json>(random, [...ODD_STRINGS, ...ADDRESSES, "api.shop.svc.cluster.local", "db.shop", "example.com"])
          : undefined,
      selector: once(random, 4) ? undefined : labels(random),
      ports: listOf(random, 3, () => servicePort(random), once(random, 10) ? 0 : 1),
      sessionAffinity: once(random, 4) ? "ClientIP" : undefined,
      sessionAffinityConfig: once(random, 8) ? { clientIP: { timeoutSeconds: 0 } } : undefined,
      externalTrafficPolicy: once(random, 3) ? "Local" : undefined,
      internalTrafficPolicy: once(random, 4) ? "Local" : undefined,
      healthCheckNodePort: once(random, 8) ? oneOf(random, [30080, 32000, 0]) : undefined,
      publishNotReadyAddresses: once(random, 6) ? true : undefined,
      ipFamilies: once(random, 4) ? listOf(random, 2, () => oneOf(random, ["IPv4", "IPv6"]) ?? "") : undefined,
      loadBalancerSourceRanges: once(random, 5) ? listOf(random, 2, () => oneOf(random, BLOCKS) ?? "") : undefined,
      loadBalancerClass: once(random, 10) ? "x/y" : undefined,
      loadBalancerIP: once(random, 10) ? address(random) : undefined,
      allocateLoadBalancerNodePorts: once(random, 8) ? false : undefined,
    }),
    status: json({
      loadBalancer:
        type === "LoadBalancer"
          ? json({
              ingress: listOf(random, 2, () =>
                json({
                  ip: once(random, 5) ? undefined : address(random),
                  hostname: once(random, 5) ? name(random) : undefined,
                  ipMode: once(random, 3) ? oneOf(random, ["VIP", "Proxy"]) : undefined,
                }),
              ),
            })
          : undefined,
    }),
  })
}

const endpoint = (random: Random): JsonValue =>
  json({
    addresses: listOf(random, 2, () => podAddress(random) ?? "", once(random, 10) ? 0 : 1),
    conditions: once(random, 3)
      ? undefined
      : json({
          ready: oneOf<Json>(random, [true, true, true, false, undefined]),
          serving: oneOf<Json>(random, [true, true, false, undefined]),
          terminating: oneOf<Json>(random, [false, false, true, undefined]),
        }),
    hostname: once(random, 5) ? name(random) : undefined,
    nodeName: once(random, 4) ? undefined : oneOf(random, NODES),
    zone: once(random, 2) ? oneOf(random, ZONES) : undefined,
    targetRef: once(random, 3)
      ? undefined
      : json({ kind: once(random, 8) ? "Node" : "Pod", name: `web-${random.below(6)}`, namespace: namespace(random) }),
    hints: once(random, 3)
      ? json({
          forZones: listOf(random, 2, () => json({ name: oneOf(random, ZONES) })),
          forNodes: listOf(random, 2, () => json({ name: oneOf(random, NODES) })),
        })
      : undefined,
  })

export const sliceObject = (random: Random, index: number): JsonValue =>
  json({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: json({
      name: `slice-${index}`,
      namespace: namespace(random),
      labels: once(random, 8) ? undefined : json({ "kubernetes.io/service-name": serviceName(random) }),
    }),
    addressType: once(random, 6) ? oneOf(random, ["IPv6", "FQDN"]) : "IPv4",
    endpoints: once(random, 10) ? null : listOf(random, 4, () => endpoint(random), once(random, 5) ? 0 : 1),
    ports: once(random, 10)
      ? null
      : listOf(random, 3, () =>
          json({
            name: once(random, 4) ? (oneOf(random, PORT_NAMES) ?? "") : "",
            protocol: once(random, 4) ? oneOf(random, PROTOCOLS) : "TCP",
            port: once(random, 10) ? undefined : port(random),
          }),
        ),
  })

const selector = (random: Random): JsonValue =>
  once(random, 3)
    ? {}
    : json({
        matchLabels: once(random, 2) ? labels(random) : undefined,
        matchExpressions: once(random, 3)
          ? [json({ key: "app", operator: oneOf(random, ["In", "NotIn", "Exists", "DoesNotExist"]), values: ["web"] })]
          : undefined,
      })

const peer = (random: Random): JsonValue =>
  json({
    ipBlock: once(random, 3)
      ? json({ cidr: oneOf(random, BLOCKS), except: once(random, 3) ? [oneOf(random, BLOCKS) ?? ""] : undefined })
      : undefined,
    podSelector: once(random, 2) ? selector(random) : undefined,
    namespaceSelector: once(random, 3) ? selector(random) : undefined,
  })

const rules = (random: Random, peers: "from" | "to"): JsonValue[] =>
  listOf(random, 2, () =>
    json({
      [peers]: once(random, 3) ? undefined : listOf(random, 2, () => peer(random)),
      ports: once(random, 2)
        ? undefined
        : listOf(random, 2, () =>
            json({
              protocol: once(random, 2) ? oneOf(random, PROTOCOLS) : undefined,
              port: oneOf<Json>(random, [undefined, 80, 8080, "http"]),
              endPort: once(random, 6) ? oneOf(random, [79, 9000]) : undefined,
            }),
          ),
    }),
  )

export const policyObject = (random: Random, index: number): JsonValue =>
  json({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: json({ name: `policy-${index}`, namespace: namespace(random) }),
    spec: json({
      podSelector: selector(random),
      policyTypes: once(random, 2) ? undefined : listOf(random, 2, () => oneOf(random, ["Ingress", "Egress"]) ?? ""),
      ingress: once(random, 3) ? undefined : rules(random, "from"),
      egress: once(random, 2) ? undefined : rules(random, "to"),
    }),
  })

const NAME_SERVER = { name: "dns", port: 53, protocol: "UDP" }

/** The Service that everybody's resolv.conf names, its slice and the pod behind it, as kubeadm leaves them. */
export const nameServer = {
  pods: json({
    apiVersion: "v1",
    kind: "Pod",
    metadata: json({ name: "coredns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }),
    spec: json({ nodeName: "node-1", containers: [] }),
    status: json({ phase: "Running", podIP: "10.244.1.53", conditions: [{ type: "Ready", status: "True" }] }),
  }),
  services: json({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kube-dns", namespace: "kube-system" },
    spec: json({ clusterIP: "10.96.0.10", selector: { "k8s-app": "kube-dns" }, ports: [NAME_SERVER] }),
  }),
  endpointSlices: json({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: json({
      name: "kube-dns-1",
      namespace: "kube-system",
      labels: { "kubernetes.io/service-name": "kube-dns" },
    }),
    addressType: "IPv4",
    endpoints: [json({ addresses: ["10.244.1.53"], conditions: { ready: true }, nodeName: "node-1" })],
    ports: [NAME_SERVER],
  }),
}
