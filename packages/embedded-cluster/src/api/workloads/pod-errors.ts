import { deepEqual } from "../../store/deep-equal.ts"
import { duplicate, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { children, type Json, text } from "../json-object.ts"
import { dnsLabelProblems, dnsSubdomainProblems } from "../names.ts"
import { validateLabels } from "../object-metadata.ts"
import { containerErrors } from "./container-errors.ts"

const allContainers = (spec: Json, at: string): FieldError[] => {
  const volumes = new Set(children(spec, "volumes").map((volume) => text(volume, "name")))
  const seen = new Set<string>()
  const each = (key: string): FieldError[] =>
    children(spec, key).flatMap((container, index) => {
      const field = `${at}.${key}[${index}]`
      const name = text(container, "name")
      const errors = containerErrors(container, volumes, field)
      if (name !== "" && seen.has(name)) errors.push(duplicate(`${field}.name`, name))
      seen.add(name)
      return errors
    })
  const main = each("containers")
  const missing = children(spec, "containers").length === 0 ? [required(`${at}.containers`)] : []
  return [...missing, ...main, ...each("initContainers")]
}

const volumeErrors = (spec: Json, at: string): FieldError[] => {
  const seen = new Set<string>()
  return children(spec, "volumes").flatMap((volume, index) => {
    const field = `${at}.volumes[${index}].name`
    const name = text(volume, "name")
    if (name === "") return [required(field)]
    const errors: FieldError[] = dnsLabelProblems(name).map((problem) => invalid(field, name, problem))
    if (seen.has(name)) errors.push(duplicate(field, name))
    seen.add(name)
    return errors
  })
}

const oneOf = (field: string, value: string, supported: readonly string[]): FieldError[] => {
  if (value === "") return [required(field)]
  return supported.includes(value) ? [] : [notSupported(field, value, supported)]
}

/** Errors of a pod spec (core/validation ValidatePodSpec); `at` is `spec` or `spec.template.spec`. */
export const podSpecErrors = (spec: Json, at: string): FieldError[] => {
  const errors = [...volumeErrors(spec, at), ...allContainers(spec, at)]
  errors.push(...oneOf(`${at}.restartPolicy`, text(spec, "restartPolicy"), ["Always", "OnFailure", "Never"]))
  errors.push(
    ...oneOf(`${at}.dnsPolicy`, text(spec, "dnsPolicy"), [
      "ClusterFirst",
      "ClusterFirstWithHostNet",
      "Default",
      "None",
    ]),
  )
  const grace = spec.terminationGracePeriodSeconds
  if (typeof grace === "number" && grace < 0)
    errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, "must be greater than or equal to 0"))
  errors.push(...validateLabels(spec.nodeSelector, `${at}.nodeSelector`))
  for (const [key, rule] of [
    ["serviceAccountName", dnsSubdomainProblems],
    ["nodeName", dnsSubdomainProblems],
    ["hostname", dnsLabelProblems],
    ["subdomain", dnsLabelProblems],
  ] as const) {
    const value = text(spec, key)
    if (value !== "") errors.push(...rule(value).map((problem) => invalid(`${at}.${key}`, value, problem)))
  }
  return errors
}

const UPDATABLE =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

/** The spec with the stored values where a change is allowed. */
const withFreeFields = (next: Json, old: Json): Json => {
  const images = (key: string): Json =>
    Array.isArray(next[key])
      ? {
          [key]: children(next, key).map((container, index) => ({
            ...container,
            image: children(old, key)[index]?.image ?? container.image,
          })),
        }
      : {}
  const { activeDeadlineSeconds: _, ...rest } = next
  const added = children(next, "tolerations").slice(0, children(old, "tolerations").length)
  return {
    ...rest,
    ...images("containers"),
    ...images("initContainers"),
    ...(old.activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds: old.activeDeadlineSeconds }),
    ...(next.tolerations === undefined ? {} : { tolerations: added }),
  }
}

/** What may change in a pod that exists (core/validation ValidatePodUpdate). */
export const podUpdateErrors = (next: Json, old: Json): FieldError[] => {
  const sameCount = children(next, "containers").length === children(old, "containers").length
  if (!sameCount) return [refused("spec.containers", "pod updates may not add or remove containers")]
  return deepEqual(withFreeFields(next, old), old) ? [] : [refused("spec", UPDATABLE)]
}
