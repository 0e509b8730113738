import type { KubeObject } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"

const everywhere = [{ operator: "Exists" }]

const hostPath = (name: string, path: string, type = "") => ({ name, hostPath: { path, type } })
const LOCK = hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate")
const MODULES = hostPath("lib-modules", "/lib/modules")

const account = (name: string): KubeObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace: "kube-system" },
})

/** Who the programs of kube-system are. */
export const SYSTEM_ACCOUNTS: readonly KubeObject[] = ["coredns", "kindnet", "kube-proxy"].map(account)

const nodeName = { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }

/** As kubeadm installs it. */
const kubeProxy: KubeObject = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "kube-proxy", namespace: "kube-system", labels: { "k8s-app": "kube-proxy" } },
  spec: {
    selector: { matchLabels: { "k8s-app": "kube-proxy" } },
    updateStrategy: { type: "RollingUpdate" },
    template: {
      metadata: { labels: { "k8s-app": "kube-proxy" } },
      spec: {
        priorityClassName: "system-node-critical",
        containers: [
          {
            name: "kube-proxy",
            image: "registry.k8s.io/kube-proxy:v1.36.3",
            imagePullPolicy: "IfNotPresent",
            command: [
              "/usr/local/bin/kube-proxy",
              "--config=/var/lib/kube-proxy/config.conf",
              "--hostname-override=$(NODE_NAME)",
            ],
            env: [nodeName],
            securityContext: { privileged: true },
            volumeMounts: [
              { name: "kube-proxy", mountPath: "/var/lib/kube-proxy" },
              { name: "xtables-lock", mountPath: "/run/xtables.lock" },
              { name: "lib-modules", mountPath: "/lib/modules", readOnly: true },
            ],
          },
        ],
        hostNetwork: true,
        serviceAccountName: "kube-proxy",
        volumes: [{ name: "kube-proxy", configMap: { name: "kube-proxy" } }, LOCK, MODULES],
        tolerations: everywhere,
        nodeSelector: { "kubernetes.io/os": "linux" },
      },
    },
  },
}

const KINDNET = { app: "kindnet", "k8s-app": "kindnet", tier: "node" }

/** The pods' network, as in a kind cluster. */
const kindnet = ({ clusterCIDR }: NetworkConfig): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "kindnet", namespace: "kube-system", labels: KINDNET },
  spec: {
    selector: { matchLabels: { app: "kindnet" } },
    template: {
      metadata: { labels: KINDNET },
      spec: {
        hostNetwork: true,
        tolerations: everywhere,
        serviceAccountName: "kindnet",
        containers: [
          {
            name: "kindnet-cni",
            image: "docker.io/kindest/kindnetd:v20250512-df8de77b",
            command: ["/bin/kindnetd"],
            env: [nodeName, { name: "POD_SUBNET", value: clusterCIDR }],
            securityContext: { privileged: true },
            volumeMounts: [
              { name: "cni-cfg", mountPath: "/etc/cni/net.d" },
              { name: "xtables-lock", mountPath: "/run/xtables.lock" },
            ],
          },
        ],
        volumes: [hostPath("cni-cfg", "/etc/cni/net.d", "DirectoryOrCreate"), LOCK],
      },
    },
  },
})

/** What runs once on every node. */
export const nodeDaemons = (config: NetworkConfig): readonly KubeObject[] => [kubeProxy, kindnet(config)]
