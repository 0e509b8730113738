import type { KubeObject } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"
import { SYSTEM_PRIORITIES } from "../api/kinds/priority-class.ts"
import type { ResourceName } from "../store-types.ts"

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "system-cluster-critical":
    "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  "system-node-critical": "Used for system critical pods that must not be moved from their current node.",
}

const priorityClass = ([name, value]: readonly [string, number]): KubeObject => ({
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name },
  value,
  description: DESCRIPTIONS[name] ?? "",
  preemptionPolicy: "PreemptLowerPriority",
})

const RBAC = "rbac.authorization.k8s.io"
const bootstrapped = {
  labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
  annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
}

const adminRole: KubeObject = {
  apiVersion: `${RBAC}/v1`,
  kind: "ClusterRole",
  metadata: { name: "cluster-admin", ...bootstrapped },
  rules: [
    { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
    { verbs: ["*"], nonResourceURLs: ["*"] },
  ],
}

/** As kubeadm binds its administrators. */
const adminBinding: KubeObject = {
  apiVersion: `${RBAC}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: "kubeadm:cluster-admins" },
  subjects: [{ kind: "Group", apiGroup: RBAC, name: "kubeadm:cluster-admins" }],
  roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "cluster-admin" },
}

const serviceCIDR = ({ serviceCIDR: cidr }: NetworkConfig, time: string): KubeObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "ServiceCIDR",
  metadata: { name: "kubernetes", finalizers: ["networking.k8s.io/service-cidr-finalizer"] },
  spec: { cidrs: [cidr] },
  status: {
    conditions: [
      {
        type: "Ready",
        status: "True",
        lastTransitionTime: time,
        reason: "",
        message: "Kubernetes Service CIDR is ready",
      },
    ],
  },
})

/** What a cluster has outside of namespaces before anybody does anything, beside its nodes. */
export const clusterObjects = (
  config: NetworkConfig,
  time: string,
): readonly (readonly [ResourceName, KubeObject])[] => [
  ...Object.entries(SYSTEM_PRIORITIES).map((entry) => ["priorityclasses", priorityClass(entry)] as const),
  ["clusterroles", adminRole],
  ["clusterrolebindings", adminBinding],
  ["servicecidrs", serviceCIDR(config, time)],
]
