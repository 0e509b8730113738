import { err, ok, type Pod, type Result, type Status } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"
import { badRequest, failure, notFound } from "../api/status.ts"
import type { ExecTarget, Machine } from "../cluster.ts"
import { SHELL_PROGRAMS } from "../images/programs.ts"
import { findImage } from "../images/registry.ts"
import type { KubeletState } from "../kubelet/kubelet-state.ts"
import type { StoreView } from "../store-types.ts"
import { hostnameOf, processEnvironment } from "./container-environment.ts"

interface MachineParts {
  readonly view: StoreView
  readonly kubelets: KubeletState
  readonly config: NetworkConfig
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
const OUTSIDE_IP = "203.0.113.7"

const nodeResolver = "nameserver 172.18.0.1\noptions edns0 trust-ad ndots:0\n"

const hosts = (lines: readonly string[]): string => `${lines.join("\n")}\n`

const LOOPBACK = ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback"]

const podHosts = (pod: Pod, hostname: string): string =>
  hosts([
    "# Kubernetes-managed hosts file.",
    ...LOOPBACK,
    "fe00::\tip6-localnet",
    "fe00::\tip6-mcastprefix",
    "fe00::1\tip6-allnodes",
    "fe00::2\tip6-allrouters",
    `${pod.status?.podIP ?? ""}\t${hostname}`,
  ])

const resolvConf = (pod: Pod, config: NetworkConfig): string => {
  const usesNode =
    pod.spec.dnsPolicy === "Default" || (pod.spec.hostNetwork && pod.spec.dnsPolicy !== "ClusterFirstWithHostNet")
  if (usesNode) return nodeResolver
  const { clusterDomain, dnsServiceIP } = config
  return `search ${pod.metadata.namespace}.svc.${clusterDomain} svc.${clusterDomain} ${clusterDomain}\nnameserver ${dnsServiceIP}\noptions ndots:5\n`
}

const internal = (message: string): Status => failure(500, "InternalError", message)

/** The machine inside a running container; refusals as the API server words them. */
export const podMachine = ({ view, kubelets, config }: MachineParts, target: ExecTarget): Result<Machine, Status> => {
  const pod = view.get("pods", target.namespace, target.pod)
  if (!pod) return err(notFound({ resource: "pods", group: "", name: target.pod }))
  const containers = pod.spec.containers
  const index = target.container === undefined ? 0 : containers.findIndex((each) => each.name === target.container)
  const container = containers[index]
  if (!container) return err(badRequest(`container ${target.container ?? ""} is not valid for pod ${target.pod}`))
  if (!pod.spec.nodeName) return err(badRequest(`pod ${target.pod} does not have a host assigned`))
  const run = kubelets.runs.get(`${target.namespace}/${target.pod}`)?.containers[index]
  const image = findImage(container.image)
  if (run?.state !== "running" || run.startedAt === undefined || !image)
    return err(internal(`unable to upgrade connection: container not found ("${container.name}")`))
  const hostname = hostnameOf(pod)
  const { podIP = "", hostIP = "" } = pod.status ?? {}
  const { startedAt } = run
  return ok({
    origin: { kind: "pod", namespace: target.namespace, name: target.pod },
    hostname,
    user: image.user,
    env: processEnvironment({ view, births: kubelets.serviceBirths, pod, podIP, hostIP, startedAt }, container),
    files: {
      "/etc/hostname": `${hostname}\n`,
      "/etc/hosts": podHosts(pod, hostname),
      "/etc/resolv.conf": resolvConf(pod, config),
      "/var/run/secrets/kubernetes.io/serviceaccount/namespace": target.namespace,
    },
    programs: image.programs,
    life: `${pod.metadata.uid}/${container.name}/${run.startedAt}`,
  })
}

export const nodeMachine = ({ view }: MachineParts, name: string): Result<Machine, Status> => {
  const node = view.get("nodes", "", name)
  if (!node) return err(notFound({ resource: "nodes", group: "", name }))
  const own = node.status?.addresses?.find((each) => each.type === "InternalIP")?.address ?? ""
  return ok({
    origin: { kind: "node", name },
    hostname: name,
    user: "root",
    env: { PATH, HOSTNAME: name, HOME: "/root", SHELL: "/bin/bash" },
    files: {
      "/etc/hostname": `${name}\n`,
      "/etc/hosts": hosts([...LOOPBACK, `${own}\t${name}`]),
      "/etc/resolv.conf": nodeResolver,
    },
    programs: [...SHELL_PROGRAMS, "bash", "curl", "ping", "ip", "nc", "watch"],
  })
}

/** The learner's workstation, beyond the cluster's border. */
export const workstation = ({ view }: MachineParts): Machine => ({
  origin: { kind: "outside", ip: OUTSIDE_IP },
  hostname: "harbour",
  user: "pilot",
  env: { PATH, HOSTNAME: "harbour", HOME: "/home/pilot", USER: "pilot", SHELL: "/bin/bash" },
  files: {
    "/etc/hostname": "harbour\n",
    "/etc/hosts": hosts([
      ...LOOPBACK,
      ...view.list("nodes").flatMap((node) => {
        const ip = node.status?.addresses?.find((each) => each.type === "InternalIP")?.address
        return ip === undefined ? [] : [`${ip}\t${node.metadata.name}`]
      }),
    ]),
    "/etc/resolv.conf": "nameserver 203.0.113.1\n",
  },
  programs: [...SHELL_PROGRAMS, "bash", "kubectl", "curl", "dig", "host", "nslookup", "ping", "nc", "ssh", "watch"],
})
