import type { KubeObject, Service } from "@pilotage/kube-model"
import type { Strategy } from "../strategy.ts"
import { allocateService } from "./allocate.ts"
import { serviceDefaults } from "./defaults.ts"
import { dropDependentFields } from "./dependent-fields.ts"
import { withReadDefaults } from "./read-defaults.ts"
import { validateService } from "./validate.ts"
import { validateLoadBalancerStatus } from "./validate-status.ts"
import { validateServiceUpdate } from "./validate-update.ts"
import { serviceWarnings } from "./warnings.ts"

const keepStatus = (next: Service, old: Service): Service => {
  const wasBalanced = old.spec.type === "LoadBalancer" && next.spec.type !== "LoadBalancer"
  const status = wasBalanced ? { ...old.status, loadBalancer: {} } : (old.status ?? { loadBalancer: {} })
  return { ...next, status }
}

export const serviceStrategy: Strategy = {
  defaults: serviceDefaults,
  allocate: (object, old, context) => allocateService(object as Service, old as Service | undefined, context),
  prepareCreate: (object) => ({ ...object, status: { loadBalancer: {} } }),
  prepareUpdate: (object, old) => keepStatus(dropDependentFields(object as Service, old as Service), old as Service),
  ownsStatus: true,
  validate: (object, old) => validateService(object as Service, old as Service | undefined),
  validateUpdate: (object, old) => validateServiceUpdate(object as Service, old as Service),
  finish: (object) => withReadDefaults(object as Service, []),
  validateStatus: (object) => validateLoadBalancerStatus(object as Service),
  warnings: (object) => serviceWarnings(object as Service),
  selectable: {
    "spec.clusterIP": (object: KubeObject) => (object as Service).spec.clusterIP ?? "",
    "spec.type": (object: KubeObject) => (object as Service).spec.type ?? "",
  },
}
