import { type KubeObject, type Pod, type PodTemplateSpec, type Random, randomSuffix } from "@pilotage/kube-model"
import { ownerReference } from "./owners.ts"

/** A pod of a controller, with what admission adds to every pod (ServiceAccount, DefaultTolerationSeconds, Priority). */
export const podFromTemplate = (owner: KubeObject, template: PodTemplateSpec, name: string, random: Random): Pod => {
  const pod: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      generateName: `${owner.metadata.name}-`,
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
      ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
      ...(template.metadata?.finalizers ? { finalizers: template.metadata.finalizers } : {}),
      ownerReferences: [ownerReference(owner)],
    },
    spec: template.spec,
    status: { phase: "Pending", qosClass: "BestEffort" },
  }
  return admitPod(pod, random)
}

const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"

const tolerationFor = (key: string) => ({ effect: "NoExecute", key, operator: "Exists", tolerationSeconds: 300 })

const tokenVolume = (name: string) => ({
  name,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" }, path: "namespace" }],
        },
      },
    ],
  },
})

const admitPod = (pod: Pod, random: Random): Pod => {
  const volume = `kube-api-access-${randomSuffix(random)}`
  const mount = { name: volume, readOnly: true, mountPath: TOKEN_PATH }
  const { spec } = pod
  const tolerations = (spec.tolerations ?? []) as readonly { readonly key?: string; readonly effect?: string }[]
  const added = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].filter(
    (key) => !tolerations.some((each) => each.key === key && (each.effect ?? "NoExecute") === "NoExecute"),
  )
  return {
    ...pod,
    spec: {
      volumes: [...((spec.volumes as readonly unknown[] | undefined) ?? []), tokenVolume(volume)],
      ...spec,
      ...(spec.volumes === undefined
        ? {}
        : { volumes: [...(spec.volumes as readonly unknown[]), tokenVolume(volume)] }),
      containers: spec.containers.map((container) => ({
        ...container,
        volumeMounts: [...(container.volumeMounts ?? []), mount],
      })),
      enableServiceLinks: spec.enableServiceLinks ?? true,
      preemptionPolicy: spec.preemptionPolicy ?? "PreemptLowerPriority",
      priority: spec.priority ?? 0,
      serviceAccount: spec.serviceAccount ?? "default",
      serviceAccountName: spec.serviceAccountName ?? "default",
      tolerations: [...tolerations, ...added.map(tolerationFor)],
    },
  }
}
