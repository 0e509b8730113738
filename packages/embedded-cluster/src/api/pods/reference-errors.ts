import { type FieldError, invalid, invalids, notSupported, required } from "../field-error.ts"
import { type Json, text } from "../json-object.ts"
import { qualifiedNameProblems } from "../names.ts"
import { parseQuantity } from "../workloads/quantity.ts"

/** Fields of a pod that an environment variable may show. */
export const CONTAINER_FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
]

/** Fields of a pod that a file may show. */
export const VOLUME_FIELDS = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
]

/** What there is a name for (core/v1 `conversion.go` AddFieldLabelConversionsForPod and ConvertDownwardAPIFieldLabel). */
const KNOWN = new Set([
  ...CONTAINER_FIELDS,
  ...VOLUME_FIELDS,
  "spec.host",
  "spec.hostNetwork",
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.nominatedNodeName",
  "status.phase",
])

/** `metadata.labels['key']` as map and key; no expression, which would try every bracket against every other. */
const subscripted = (path: string): readonly [map: string, key: string] | undefined => {
  const at = path.indexOf("['")
  return at > 0 && path.endsWith("']") ? [path.slice(0, at), path.slice(at + 2, -2)] : undefined
}

const conversionProblem = (version: string, path: string): string | undefined => {
  if (version !== "v1") return `unsupported pod version: ${version}`
  const [map] = subscripted(path) ?? []
  if (map !== undefined)
    return ["metadata.labels", "metadata.annotations"].includes(map)
      ? undefined
      : `field label does not support subscript: ${path}`
  return KNOWN.has(path) ? undefined : `field label not supported: ${path}`
}

/** core/validation validateObjectFieldSelector. */
export const fieldReferenceErrors = (reference: Json, supported: readonly string[], at: string): FieldError[] => {
  const [version, path] = [text(reference, "apiVersion"), text(reference, "fieldPath")]
  if (version === "") return [required(`${at}.apiVersion`)]
  if (path === "") return [required(`${at}.fieldPath`)]
  const problem = conversionProblem(version, path)
  if (problem !== undefined) return [invalid(`${at}.fieldPath`, path, `error converting fieldPath: ${problem}`)]
  const [map, key = ""] = subscripted(path) ?? []
  if (map === "metadata.annotations") return invalids(at, key, qualifiedNameProblems(key.toLowerCase()))
  if (map === "metadata.labels") return invalids(at, key, qualifiedNameProblems(key))
  return supported.includes(path) ? [] : [notSupported(`${at}.fieldPath`, path, supported)]
}

const RESOURCES = ["cpu", "ephemeral-storage", "memory"]
const RESOURCE_FIELDS = ["limits", "requests"].flatMap((list) => RESOURCES.map((name) => `${list}.${name}`))

const CPU_DIVISORS = ["1m", "1"]
const BYTE_DIVISORS = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]

const divisorErrors = (resource: string, divisor: unknown, at: string): FieldError[] => {
  if (divisor === undefined || parseQuantity(divisor) === 0) return []
  const name = resource.replace(/^(limits|requests)\./, "")
  const known = name === "cpu" ? CPU_DIVISORS : BYTE_DIVISORS
  if (known.some((each) => parseQuantity(each) === parseQuantity(divisor))) return []
  const detail = `only divisor's values ${name === "cpu" ? "1m and 1" : known.join(", ")} are supported with the ${name.replace("ephemeral-storage", "local ephemeral storage")} resource`
  return [invalid(`${at}.divisor`, resource, detail)]
}

/** core/validation validateContainerResourceFieldSelector; `isVolume`: the container must be named. */
export const resourceFieldErrors = (reference: Json, at: string, isVolume: boolean): FieldError[] => {
  const resource = text(reference, "resource")
  if (isVolume && text(reference, "containerName") === "") return [required(`${at}.containerName`)]
  if (resource === "") return [required(`${at}.resource`)]
  const isHuge = /^(limits|requests)\.hugepages-/.test(resource)
  if (!isHuge && !RESOURCE_FIELDS.includes(resource)) return [notSupported(`${at}.resource`, resource, RESOURCE_FIELDS)]
  return divisorErrors(resource, reference.divisor, at)
}
