import { err, type KubeAnswer, type KubeObject, ok, type Result, type Status } from "@pilotage/kube-model"
import type { Call } from "../call.ts"
import { representation } from "../representation.ts"
import { answer, methodNotAllowed, notFound } from "../status.ts"

const WARNING = "v1 ComponentStatus is deprecated in v1.19+"

const healthy = (name: string): KubeObject => ({
  kind: "ComponentStatus",
  apiVersion: "v1",
  metadata: { name },
  conditions: [{ type: "Healthy", status: "True", message: "ok" }],
})

/** The parts of the control plane in the order in which a server asks them; here they live as long as the server does. */
const COMPONENTS: readonly KubeObject[] = ["scheduler", "controller-manager", "etcd-0"].map(healthy)

/** `kubectl get componentstatuses` (kubernetes 1.36 `pkg/registry/core/componentstatus`). */
export const componentStatuses = (call: Call): Result<KubeAnswer, Status> => {
  if (call.method !== "GET") return err(methodNotAllowed())
  const shown = representation(call)
  if (!shown.ok) return shown
  if (call.name === "") return ok(answer(200, shown.value.many(COMPONENTS, {}), [WARNING]))
  const component = COMPONENTS.find(({ metadata }) => metadata.name === call.name)
  if (!component) return err(notFound({ resource: "componentstatus", group: "", name: call.name }))
  return ok(answer(200, shown.value.one(component), [WARNING]))
}
