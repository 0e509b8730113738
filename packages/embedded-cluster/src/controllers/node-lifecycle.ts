import { formatTime, type Node, type Taint } from "@pilotage/kube-model"
import { type Controller, NOTHING, splitKey } from "../engine/controller.ts"

const COMPONENT = "node-controller"

/** Of a node that is cordoned. */
export const CORDON: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }

/** A cordon is shown as a taint too; undefined when it is so already. */
const withCordon = (node: Node, time: string): Node | undefined => {
  const { taints = [], ...spec } = node.spec ?? {}
  const others = taints.filter(({ key, effect }) => key !== CORDON.key || effect !== CORDON.effect)
  const isTainted = others.length < taints.length
  if (isTainted === (node.spec?.unschedulable === true)) return undefined
  const next = isTainted ? others : [...taints, { ...CORDON, timeAdded: time }]
  return { ...node, spec: { ...spec, ...(next.length > 0 ? { taints: next } : {}) } }
}

/** Knows new nodes and says so, and taints cordoned ones. Keys: `new/NODE` and `spec/NODE`. */
export const nodeLifecycle: Controller = {
  name: "node-lifecycle",
  delayMs: 30,
  keysOf({ type, resource, object, previous }) {
    if (resource !== "nodes" || type === "DELETED") return []
    const { name } = object.metadata
    if (type === "ADDED") return [`new/${name}`, `spec/${name}`]
    return previous?.spec === object.spec ? [] : [`spec/${name}`]
  },
  reconcile({ view, now }, key) {
    const { namespace: subject, name } = splitKey(key)
    const node = view.get("nodes", "", name)
    if (!node) return NOTHING
    const message = `Node ${name} event: Registered Node ${name} in Controller`
    if (subject === "new")
      return {
        writes: [],
        reports: [{ about: node, type: "Normal", reason: "RegisteredNode", message, component: COMPONENT }],
      }
    const object = withCordon(node, formatTime(now))
    return object ? { writes: [{ kind: "update", resource: "nodes", object }] } : NOTHING
  },
}
