import type { KubeObject, Pod, PodSpec, PodTemplateSpec } from "@pilotage/kube-model"
import { admitPodSpec, qosClass } from "../api/workloads/pod-admission.ts"
import { podLevelDefaults } from "../api/workloads/pod-level-defaults.ts"
import type { ControllerContext } from "../engine/controller.ts"
import { ownerReference } from "./owners.ts"

/** A pod of a controller, with what admission adds to every pod. */
export const podFromTemplate = (
  owner: KubeObject,
  template: PodTemplateSpec,
  name: string,
  { random, view }: Pick<ControllerContext, "random" | "view">,
): Pod => {
  const spec = podLevelDefaults(template.spec)
  return {
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
    spec: admitPodSpec(spec, random, view) as unknown as PodSpec,
    status: { phase: "Pending", qosClass: qosClass(spec) },
  }
}
