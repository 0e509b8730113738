import { type KubeObject, type Random, randomUid } from "@pilotage/kube-model"
import { microTime } from "../kubelet/node-lease.ts"
import { shortHash } from "./short-hash.ts"

const lease = (name: string, spec: object, labels?: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: "coordination.k8s.io/v1",
  kind: "Lease",
  metadata: { name, namespace: "kube-system", ...(labels ? { labels } : {}) },
  spec,
})

/** By which the programs of a control plane know who leads, and that there is an API server. */
export const controlPlaneLeases = (node: string, now: number, random: Random): readonly KubeObject[] => {
  const time = microTime(now)
  const leader = (name: string): KubeObject =>
    lease(name, {
      acquireTime: time,
      holderIdentity: `${node}_${randomUid(random)}`,
      leaseDurationSeconds: 15,
      leaseTransitions: 0,
      renewTime: time,
    })
  const server = `apiserver-${shortHash(node).slice(0, 26)}`
  const labels = { "apiserver.kubernetes.io/identity": "kube-apiserver", "kubernetes.io/hostname": node }
  const holderIdentity = `${server}_${randomUid(random)}`
  return [
    lease(server, { holderIdentity, leaseDurationSeconds: 3600, renewTime: time }, labels),
    leader("kube-controller-manager"),
    leader("kube-scheduler"),
  ]
}
