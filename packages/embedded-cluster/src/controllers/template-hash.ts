import type { PodTemplateSpec } from "@pilotage/kube-model"

const ALPHABET = "bcdfghjklmnpqrstvwxz2456789"

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`
}

const remembered = (measure: (template: PodTemplateSpec) => string): ((template: PodTemplateSpec) => string) => {
  const known = new WeakMap<PodTemplateSpec, string>()
  return (template) => {
    const text = known.get(template) ?? measure(template)
    known.set(template, text)
    return text
  }
}

/** The template without the label that the Deployment controller adds. */
const plain = (template: PodTemplateSpec): unknown => {
  const { "pod-template-hash": _, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** Templates never change in place, and are compared each time that something happens to a pod. */
const plainText = remembered((template) => canonical(plain(template)))
const wholeText = remembered(canonical)

/** Equal but for `pod-template-hash` (deployment/util EqualIgnoreHash). */
export const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean =>
  a === b || plainText(a) === plainText(b)

/**
 * `pod-template-hash`: FNV-1a of the template, written in the alphabet of safe names (apimachinery `rand.SafeEncodeString`).
 * The form is Kubernetes' own; the value differs, for it hashes Go's memory layout.
 */
export const templateHash = (template: PodTemplateSpec, collisions: number): string => {
  let hash = 0x811c9dc5
  for (const char of `${wholeText(template)}${collisions > 0 ? collisions : ""}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return [...String(hash >>> 0)].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length] ?? "").join("")
}
