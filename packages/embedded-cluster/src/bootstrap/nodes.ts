import { formatIPv4, formatTime, type Node, parseIPv4, type Random } from "@pilotage/kube-model"

const FIRST_NODE_IP = "172.18.0.2"

export const nodeIP = (index: number): string => formatIPv4((parseIPv4(FIRST_NODE_IP) ?? 0) + index)

const RESOURCES = {
  cpu: "2",
  "ephemeral-storage": "264212084Ki",
  "hugepages-1Gi": "0",
  "hugepages-2Mi": "0",
  memory: "8127744Ki",
  pods: "110",
}

const hex = (random: Random, length: number): string => {
  let text = ""
  for (let index = 0; index < length; index += 1) text += random.below(16).toString(16)
  return text
}

const conditions = (time: string): NonNullable<Node["status"]>["conditions"] => {
  const make = (type: string, status: "True" | "False", reason: string, message: string) => ({
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    message,
    reason,
    status,
    type,
  })
  return [
    make("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    make("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    make("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    make("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
  ]
}

const CONTROL_PLANE = "node-role.kubernetes.io/control-plane"

/** What kubeadm gives a control plane that takes no other pods. */
const dedicated = {
  labels: { "node.kubernetes.io/exclude-from-external-load-balancers": "" },
  taints: [{ effect: "NoSchedule", key: CONTROL_PLANE } as const],
}

/** Images that kubeadm brings to each node, and their sizes. */
const IMAGES = [
  { names: ["registry.k8s.io/kube-proxy:v1.36.3"], sizeBytes: 352864434 },
  { names: ["registry.k8s.io/e2e-test-images/agnhost:2.63.0"], sizeBytes: 260336088 },
  {
    names: [
      "registry.k8s.io/kube-apiserver:v1.36.3",
      "registry.k8s.io/kube-controller-manager:v1.36.3",
      "registry.k8s.io/kube-scheduler:v1.36.3",
    ],
    sizeBytes: 156286846,
  },
  { names: ["registry.k8s.io/coredns/coredns:v1.14.2"], sizeBytes: 52531255 },
  { names: ["registry.k8s.io/etcd:3.6.8-0"], sizeBytes: 26506659 },
  { names: ["registry.k8s.io/pause:3.10.2"], sizeBytes: 1433613 },
]

/** What kubelet and containerd say they can do. */
const ABILITIES = {
  declaredFeatures: [
    "ExtendWebSocketsToKubelet",
    "InPlacePodLevelResourcesVerticalScaling",
    "InPlacePodVerticalScalingInitContainers",
    "RestartAllContainersOnContainerExits",
  ],
  features: { supplementalGroupsPolicy: true },
  runtimeHandlers: ["", "runc"].map((name) => ({
    features: { recursiveReadOnlyMounts: true, userNamespaces: false },
    name,
  })),
}

interface NodePlan {
  readonly name: string
  readonly index: number
  readonly dedicatedControlPlane: boolean
}

/** The first node carries the control plane, and takes pods as well unless it is dedicated to that. */
export const bootNode = ({ name, index, dedicatedControlPlane }: NodePlan, now: number, random: Random): Node => {
  const podCIDR = `10.244.${dedicatedControlPlane ? index : index + 1}.0/24`
  const isDedicated = dedicatedControlPlane && index === 0
  const machineID = hex(random, 32)
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "beta.kubernetes.io/arch": "amd64",
        "beta.kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        ...(index === 0 ? { [CONTROL_PLANE]: "" } : {}),
        ...(isDedicated ? dedicated.labels : {}),
      },
      annotations: {
        "node.alpha.kubernetes.io/ttl": "0",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      providerID: `kind://docker/kind/${name}`,
      ...(isDedicated ? { taints: dedicated.taints } : {}),
    },
    status: {
      addresses: [
        { address: nodeIP(index), type: "InternalIP" },
        { address: name, type: "Hostname" },
      ],
      allocatable: RESOURCES,
      capacity: RESOURCES,
      conditions: conditions(formatTime(now)) ?? [],
      ...{ daemonEndpoints: { kubeletEndpoint: { Port: 10250 } }, images: IMAGES, ...ABILITIES },
      nodeInfo: {
        architecture: "amd64",
        bootID: `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
        containerRuntimeVersion: "containerd://2.1.9+unknown",
        kernelVersion: "6.18.44",
        kubeProxyVersion: "",
        kubeletVersion: "v1.36.3",
        machineID,
        operatingSystem: "linux",
        osImage: "Debian GNU/Linux 12 (bookworm)",
        systemUUID: machineID,
      },
    },
  }
}
