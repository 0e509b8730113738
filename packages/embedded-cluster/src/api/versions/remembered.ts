import type { KubeObject } from "@pilotage/kube-model"

/** Converts each version of an object once. */
export const remembered = (convert: (object: KubeObject) => KubeObject): ((object: KubeObject) => KubeObject) => {
  const known = new WeakMap<KubeObject, KubeObject>()
  return (object) => {
    const before = known.get(object)
    if (before) return before
    const made = convert(object)
    known.set(object, made)
    return made
  }
}
