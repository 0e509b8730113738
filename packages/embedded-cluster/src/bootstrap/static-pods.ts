import type { Pod, PodSpec } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"
import { qosClass } from "../api/workloads/pod-admission.ts"
import { podSpecDefaults } from "../api/workloads/pod-defaults.ts"
import { podLevelDefaults } from "../api/workloads/pod-level-defaults.ts"
import { shortHash } from "./short-hash.ts"

const PKI = "/etc/kubernetes/pki"
const CA = `${PKI}/ca.crt`

interface Program {
  readonly name: string
  readonly image: string
  readonly flags: readonly string[]
  readonly annotations?: Readonly<Record<string, string>>
  readonly requests: object
  readonly port: number
  readonly host: string
  readonly scheme: "HTTP" | "HTTPS"
  /** Paths that tell health. */
  readonly live: string
  readonly ready?: string
  readonly started: string
  readonly mounts: readonly Mount[]
}

type Mount = readonly [name: string, path: string, type: "DirectoryOrCreate" | "FileOrCreate", isReadOnly: boolean]

const directory = (name: string, path: string, isReadOnly = true): Mount => [
  name,
  path,
  "DirectoryOrCreate",
  isReadOnly,
]

const CERTIFICATES: readonly Mount[] = [
  directory("ca-certs", "/etc/ssl/certs"),
  directory("etc-ca-certificates", "/etc/ca-certificates"),
  directory("k8s-certs", PKI),
  directory("usr-local-share-ca-certificates", "/usr/local/share/ca-certificates"),
  directory("usr-share-ca-certificates", "/usr/share/ca-certificates"),
]

const kubeconfig = (file: string): Mount => ["kubeconfig", `/etc/kubernetes/${file}`, "FileOrCreate", true]

const etcd = (node: string, ip: string): Program => ({
  name: "etcd",
  image: "registry.k8s.io/etcd:3.6.8-0",
  annotations: { "kubeadm.kubernetes.io/etcd.advertise-client-urls": `https://${ip}:2379` },
  flags: [
    `--advertise-client-urls=https://${ip}:2379`,
    `--cert-file=${PKI}/etcd/server.crt`,
    "--client-cert-auth=true",
    "--data-dir=/var/lib/etcd",
    "--feature-gates=InitialCorruptCheck=true",
    `--initial-advertise-peer-urls=https://${ip}:2380`,
    `--initial-cluster=${node}=https://${ip}:2380`,
    `--key-file=${PKI}/etcd/server.key`,
    `--listen-client-urls=https://127.0.0.1:2379,https://${ip}:2379`,
    "--listen-metrics-urls=http://127.0.0.1:2381",
    `--listen-peer-urls=https://${ip}:2380`,
    `--name=${node}`,
    `--peer-cert-file=${PKI}/etcd/peer.crt`,
    "--peer-client-cert-auth=true",
    `--peer-key-file=${PKI}/etcd/peer.key`,
    `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`,
    "--snapshot-count=10000",
    `--trusted-ca-file=${PKI}/etcd/ca.crt`,
    "--watch-progress-notify-interval=5s",
  ],
  requests: { cpu: "100m", memory: "100Mi" },
  port: 2381,
  host: "127.0.0.1",
  scheme: "HTTP",
  live: "/livez",
  ready: "/readyz",
  started: "/readyz",
  mounts: [directory("etcd-data", "/var/lib/etcd", false), directory("etcd-certs", `${PKI}/etcd`, false)],
})

const apiServer = (ip: string, { serviceCIDR, clusterDomain }: NetworkConfig): Program => ({
  name: "kube-apiserver",
  image: "registry.k8s.io/kube-apiserver:v1.36.3",
  annotations: { "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint": `${ip}:6443` },
  flags: [
    `--advertise-address=${ip}`,
    "--allow-privileged=true",
    "--authorization-mode=Node,RBAC",
    `--client-ca-file=${CA}`,
    "--enable-admission-plugins=NodeRestriction",
    "--enable-bootstrap-token-auth=true",
    `--etcd-cafile=${PKI}/etcd/ca.crt`,
    `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
    `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
    "--etcd-servers=https://127.0.0.1:2379",
    `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
    `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
    "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
    `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
    `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
    "--requestheader-allowed-names=front-proxy-client",
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-username-headers=X-Remote-User",
    "--runtime-config=",
    "--secure-port=6443",
    `--service-account-issuer=https://kubernetes.default.svc.${clusterDomain}`,
    `--service-account-key-file=${PKI}/sa.pub`,
    `--service-account-signing-key-file=${PKI}/sa.key`,
    `--service-cluster-ip-range=${serviceCIDR}`,
    `--tls-cert-file=${PKI}/apiserver.crt`,
    `--tls-private-key-file=${PKI}/apiserver.key`,
  ],
  requests: { cpu: "250m" },
  port: 6443,
  host: ip,
  scheme: "HTTPS",
  live: "/livez",
  ready: "/readyz",
  started: "/livez",
  mounts: CERTIFICATES,
})

const controllerManager = ({ serviceCIDR, clusterCIDR }: NetworkConfig): Program => ({
  name: "kube-controller-manager",
  image: "registry.k8s.io/kube-controller-manager:v1.36.3",
  flags: [
    "--allocate-node-cidrs=true",
    "--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf",
    "--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf",
    "--bind-address=127.0.0.1",
    `--client-ca-file=${CA}`,
    `--cluster-cidr=${clusterCIDR}`,
    "--cluster-name=kind",
    `--cluster-signing-cert-file=${CA}`,
    `--cluster-signing-key-file=${PKI}/ca.key`,
    "--controllers=*,bootstrapsigner,tokencleaner",
    "--kubeconfig=/etc/kubernetes/controller-manager.conf",
    "--leader-elect=true",
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    `--root-ca-file=${CA}`,
    `--service-account-private-key-file=${PKI}/sa.key`,
    `--service-cluster-ip-range=${serviceCIDR}`,
    "--use-service-account-credentials=true",
  ],
  requests: { cpu: "200m" },
  port: 10257,
  host: "127.0.0.1",
  scheme: "HTTPS",
  live: "/healthz",
  started: "/healthz",
  mounts: [...CERTIFICATES, kubeconfig("controller-manager.conf")],
})

const scheduler: Program = {
  name: "kube-scheduler",
  image: "registry.k8s.io/kube-scheduler:v1.36.3",
  flags: [
    "--authentication-kubeconfig=/etc/kubernetes/scheduler.conf",
    "--authorization-kubeconfig=/etc/kubernetes/scheduler.conf",
    "--bind-address=127.0.0.1",
    "--kubeconfig=/etc/kubernetes/scheduler.conf",
    "--leader-elect=true",
  ],
  requests: { cpu: "100m" },
  port: 10259,
  host: "127.0.0.1",
  scheme: "HTTPS",
  live: "/livez",
  ready: "/readyz",
  started: "/livez",
  mounts: [kubeconfig("scheduler.conf")],
}

const specOf = (program: Program, node: string): PodSpec => {
  const { name, image, flags, mounts, host, scheme } = program
  const probe = (path: string, more: object) => ({
    httpGet: { host, path, port: "probe-port", scheme },
    timeoutSeconds: 15,
    ...more,
  })
  const container = {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    command: [name, ...flags],
    ports: [{ containerPort: program.port, name: "probe-port" }],
    resources: { requests: program.requests },
    startupProbe: probe(program.started, { initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 24 }),
    livenessProbe: probe(program.live, { initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 8 }),
    ...(program.ready ? { readinessProbe: probe(program.ready, { periodSeconds: 1, failureThreshold: 3 }) } : {}),
    volumeMounts: mounts.map(([mount, mountPath, , readOnly]) => ({
      name: mount,
      mountPath,
      ...(readOnly ? { readOnly } : {}),
    })),
  }
  const given = {
    containers: [container],
    hostNetwork: true,
    nodeName: node,
    priority: 2_000_001_000,
    priorityClassName: "system-node-critical",
    preemptionPolicy: "PreemptLowerPriority",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    tolerations: [{ effect: "NoExecute", operator: "Exists" }],
    volumes: mounts.map(([mount, path, type]) => ({ name: mount, hostPath: { path, type } })),
  }
  return podLevelDefaults(podSpecDefaults(given)) as unknown as PodSpec
}

export const MIRROR = "kubernetes.io/config.mirror"

/**
 * The control plane of a node as kubeadm writes it into the manifests folder. The kubelet runs these, and shows each
 * in the API by a mirror pod, `name-node`.
 */
export const staticPods = (node: string, ip: string, config: NetworkConfig): readonly Pod[] =>
  [etcd(node, ip), apiServer(ip, config), controllerManager(config), scheduler].map((program) => {
    const hash = shortHash(`${node} ${program.name}`)
    const spec = specOf(program, node)
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: `${program.name}-${node}`,
        namespace: "kube-system",
        labels: { component: program.name, tier: "control-plane" },
        annotations: {
          ...program.annotations,
          "kubernetes.io/config.hash": hash,
          [MIRROR]: hash,
          "kubernetes.io/config.source": "file",
        },
      },
      spec,
      status: { phase: "Pending", qosClass: qosClass(spec) },
    }
  })
