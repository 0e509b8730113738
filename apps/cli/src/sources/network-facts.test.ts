import type { ConfigMap, KubeObject, NetworkPolicy, Pod, Service } from "@pilotage/kube-model"
import { describe, expect, test } from "vitest"
import { shopNodes, shopPods, shopServices } from "../testing/running-shop.ts"
import { inventoryOf } from "./inventory.ts"
import { networkFacts } from "./network-facts.ts"
import { blocksAround } from "./network-text.ts"

const configMap = (name: string, data: Readonly<Record<string, string>>): ConfigMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "kube-system" },
  data,
})

const component = (name: string, ...command: readonly string[]): Pod => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: `${name}-one`, namespace: "kube-system", labels: { component: name } },
  spec: { hostNetwork: true, containers: [{ name, image: name, command: [name, ...command] }] },
})

const shop = [...shopNodes, ...shopPods, ...shopServices] as unknown as readonly KubeObject[]

const factsOf = (more: readonly KubeObject[], options = {}) => networkFacts(inventoryOf([...shop, ...more]), options)

describe("the network's configuration", () => {
  test("is what kubeadm and kube-proxy say of it, and then nothing but the node network is guessed", () => {
    const { config, guesses } = factsOf([
      configMap("kubeadm-config", {
        ClusterConfiguration:
          "networking:\n  dnsDomain: harbour.local\n  podSubnet: 10.48.0.0/12\n  serviceSubnet: 10.60.0.0/14\n",
      }),
      configMap("kube-proxy", {
        "config.conf":
          "mode: iptables\nclusterCIDR: 10.48.0.0/12\nnodePortAddresses: [192.168.7.0/24]\niptables: {masqueradeAll: true, localhostNodePorts: false}\nnftables: {masqueradeAll: false}\n",
      }),
    ])
    expect(config).toMatchObject({
      proxyMode: "iptables",
      clusterCIDR: "10.48.0.0/12",
      serviceCIDR: "10.60.0.0/14",
      clusterDomain: "harbour.local",
      masqueradeAll: true,
      nodePortAddresses: ["192.168.7.0/24"],
      localhostNodePorts: false,
      dnsServiceIP: "10.60.0.53",
    })
    expect(guesses).toEqual(["node network 192.168.0.0/16"])
  })

  test("is read from the commands of control plane pods when there are no ConfigMaps", () => {
    const { config } = factsOf([
      component("kube-apiserver", "--service-cluster-ip-range=10.60.0.0/20", "--service-node-port-range=20000-22000"),
      component("kube-controller-manager", "--cluster-cidr=10.50.0.0/15"),
    ])
    expect(config).toMatchObject({
      serviceCIDR: "10.60.0.0/20",
      clusterCIDR: "10.50.0.0/15",
      nodePortRange: { from: 20000, to: 22000 },
    })
  })

  test("is what the options say before all else", () => {
    const options = {
      proxyMode: "nftables",
      clusterCidr: "10.0.0.0/8",
      serviceCidr: "10.60.0.0/24",
      nodeCidr: "192.168.7.0/24",
    } as const
    const { config, guesses } = factsOf(
      [configMap("kube-proxy", { "config.conf": "mode: ipvs\nclusterCIDR: 10.50.0.0/16\n" })],
      options,
    )
    expect(config).toMatchObject({
      proxyMode: "nftables",
      clusterCIDR: "10.0.0.0/8",
      serviceCIDR: "10.60.0.0/24",
      nodeCIDR: "192.168.7.0/24",
    })
    expect(guesses).toEqual([])
  })

  test("counts no packet as a pod's when kube-proxy knows no pod network", () => {
    const { config } = factsOf([configMap("kube-proxy", { "config.conf": 'mode: ""\nclusterCIDR: ""\n' })])
    expect(config).toMatchObject({ proxyMode: "iptables", localDetector: "none" })
  })

  test("that is no YAML says nothing", () => {
    expect(factsOf([configMap("kube-proxy", { "config.conf": "mode: [" })]).guesses).toContain(
      "kube-proxy in iptables mode",
    )
  })

  test("knows MetalLB, load balancers that are machines of their own, and networks without policies", () => {
    const pod = (namespace: string, name: string, labels = {}): Pod => ({
      ...component(name),
      metadata: { name, namespace, labels },
    })
    expect(factsOf([pod("metallb-system", "speaker-x")]).config.loadBalancer).toBe("metallb")
    const [service] = shopServices as unknown as readonly Service[]
    const cloud = { ...service, status: { loadBalancer: { ingress: [{ hostname: "lb.example.com" }] } } } as KubeObject
    expect(factsOf([cloud]).config.loadBalancer).toBe("proxy")
    expect(factsOf([pod("kube-flannel", "kube-flannel-ds-x", { app: "flannel" })]).config.networkPolicies).toBe(
      "ignored",
    )
    expect(
      factsOf([pod("kube-flannel", "kube-flannel-ds-x", { app: "flannel" }), pod("kube-system", "canal-x")]).config
        .networkPolicies,
    ).toBe("enforced")
  })
})

test("who enforces network policies is guessed, unless its pods or an option tell", () => {
  const policy: NetworkPolicy = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "quiet", namespace: "shop" },
    spec: { podSelector: {} },
  }
  const calico: Pod = { ...component("calico"), metadata: { name: "calico-node-x", namespace: "kube-system" } }
  const guess = "network policies enforced"
  expect(factsOf([policy]).guesses).toContain(guess)
  expect(factsOf([]).guesses).not.toContain(guess)
  expect(factsOf([policy, calico]).guesses).not.toContain(guess)
  const told = factsOf([policy], { networkPolicies: "ignored" })
  expect(told.guesses).not.toContain(guess)
  expect(told.config.networkPolicies).toBe("ignored")
})

test("Cilium in the place of kube-proxy is named, for it is not kube-proxy that was understood", () => {
  const cilium: Pod = {
    ...component("cilium"),
    metadata: { name: "cilium-x", namespace: "kube-system", labels: { "k8s-app": "cilium" } },
  }
  expect(factsOf([cilium]).guesses[0]).toBe("kube-proxy in iptables mode (Cilium does its work here, and may differ)")
})

test("a guessed network holds all the addresses it was guessed from, of both families", () => {
  expect(blocksAround([])).toBe("")
  expect(blocksAround(["10.1.2.3"])).toBe("10.1.0.0/16")
  expect(blocksAround(["10.1.2.3", "10.2.0.1"])).toBe("10.0.0.0/14")
  expect(blocksAround(["1.0.0.1", "200.0.0.1"])).toBe("0.0.0.0/0")
  expect(blocksAround(["fd00:1:2:3::4", "10.1.0.1", "fd00:1:2:4::4"])).toBe("10.1.0.0/16,fd00:1:2::/60")
  expect(blocksAround(["no address"])).toBe("")
})
