import type { NetworkConfig } from "../state.ts"

/** The plugin kubernetes of a Corefile, and what it knows of its own machine (CoreDNS 1.14 `plugin/kubernetes/setup.go`). */
export interface ZoneConfig {
  /** In lower case, with trailing dots. The first one that is no reverse zone is the one that PTR answers name. */
  readonly zones: readonly string[]
  /** `namespaces`: the only ones that exist in DNS. Empty: all. */
  readonly namespaces: readonly string[]
  /** `pods`: are names of pods' addresses answered never, always, or when a pod of that namespace holds the address? */
  readonly podMode: "disabled" | "insecure" | "verified"
  /** `endpoint_pod_names`: an endpoint without a host name is called like its pod, not like its address. */
  readonly endpointNameMode: boolean
  /** Seconds. */
  readonly ttl: number
  /** `ignore empty_service`: a Service with a cluster IP but without ready endpoints has no name. */
  readonly ignoreEmptyService: boolean
  /** Names of headless Services' endpoints in one topology zone, `us-west-2a.pin._zone.web.shop.svc.cluster.local.` */
  readonly zonal: boolean
  /** In these zones, spelled as above, what does not exist is handed to the next plugin. `.` stands for all. Empty: nowhere. */
  readonly fallthrough: readonly string[]
  /** False while the objects are not read yet: a name that is not known then is a server's failure. */
  readonly hasSynced: boolean
  /** The addresses of the machine on which CoreDNS runs, or the cluster IP under which it is reached. */
  readonly localIPs: readonly string[]
  /** Of the SOA record; CoreDNS takes the time of the last change. */
  readonly serial: number
}

/** What CoreDNS starts from when its Corefile only says `kubernetes cluster.local`. */
export const plainZone: ZoneConfig = {
  zones: ["cluster.local."],
  namespaces: [],
  podMode: "disabled",
  endpointNameMode: false,
  ttl: 5,
  ignoreEmptyService: false,
  zonal: false,
  fallthrough: [],
  hasSynced: true,
  localIPs: ["127.0.0.1"],
  serial: 0,
}

const known = new WeakMap<NetworkConfig, ZoneConfig>()

/** The Corefile that kubeadm writes (kubernetes 1.36 `cmd/kubeadm/app/phases/addons/dns/manifests.go`). */
export const kubeadmZone = (config: NetworkConfig): ZoneConfig => {
  const found = known.get(config)
  if (found) return found
  const zone: ZoneConfig = {
    ...plainZone,
    zones: [`${config.clusterDomain.toLowerCase()}.`, "in-addr.arpa.", "ip6.arpa."],
    podMode: "insecure",
    ttl: 30,
    fallthrough: ["in-addr.arpa.", "ip6.arpa."],
    localIPs: [config.dnsServiceIP],
  }
  known.set(config, zone)
  return zone
}
