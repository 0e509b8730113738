import { type Random, randomSuffix } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { child, children, type Json, text, withDefaults } from "../json-object.ts"
import { withPriority } from "./pod-priority.ts"
import { parseQuantity } from "./quantity.ts"

const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"
/** Unreachable and not-ready nodes are tolerated for five minutes. */
const TOLERATION_SECONDS = 300

const tokenVolume = (name: string): Json => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
        },
      },
    ],
    defaultMode: 420,
  },
})

const withMount = (container: Json, name: string): Json => {
  const mounts = children(container, "volumeMounts")
  if (mounts.some((mount) => mount.mountPath === TOKEN_PATH)) return container
  return { ...container, volumeMounts: [...mounts, { name, readOnly: true, mountPath: TOKEN_PATH }] }
}

/** The ServiceAccount plugin: who the pod is, and its token in every container. */
const withServiceAccount = (spec: Json, random: Random): Json => {
  const account =
    typeof spec.serviceAccountName === "string" && spec.serviceAccountName ? spec.serviceAccountName : "default"
  const named = { ...spec, serviceAccountName: account, serviceAccount: account }
  const isMounted = children(spec, "volumes").some((volume) => String(volume.name ?? "").startsWith("kube-api-access-"))
  if (spec.automountServiceAccountToken === false || isMounted) return named
  const name = `kube-api-access-${randomSuffix(random)}`
  return {
    ...named,
    volumes: [...children(spec, "volumes"), tokenVolume(name)],
    containers: children(spec, "containers").map((container) => withMount(container, name)),
    ...(Array.isArray(spec.initContainers)
      ? { initContainers: children(spec, "initContainers").map((container) => withMount(container, name)) }
      : {}),
  }
}

/** The DefaultTolerationSeconds plugin. */
const withTolerations = (spec: Json): Json => {
  const given = children(spec, "tolerations")
  const added = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].flatMap((key) => {
    const isTolerated = given.some(
      (each) =>
        (each.key === key || each.key === undefined || each.key === "") &&
        (each.effect === "NoExecute" || each.effect === undefined || each.effect === ""),
    )
    return isTolerated ? [] : [{ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: TOLERATION_SECONDS }]
  })
  return { ...spec, tolerations: [...given, ...added] }
}

const QOS_RESOURCES = ["cpu", "memory"]

/** BestEffort without requests and limits, Guaranteed when all containers limit what they request, else Burstable. */
export const qosClass = (spec: Json): string => {
  const containers = [...children(spec, "containers"), ...children(spec, "initContainers")]
  const lists = containers.map((container) => {
    const resources = child(container, "resources")
    return { requests: child(resources, "requests"), limits: child(resources, "limits") }
  })
  const isSet = (list: Json): boolean => QOS_RESOURCES.some((name) => (parseQuantity(list[name]) ?? 0) > 0)
  if (!lists.some(({ requests, limits }) => isSet(requests) || isSet(limits))) return "BestEffort"
  const isFixed = lists.every(({ requests, limits }) =>
    QOS_RESOURCES.every((name) => {
      const limit = parseQuantity(limits[name])
      return limit !== undefined && limit > 0 && parseQuantity(requests[name] ?? limits[name]) === limit
    }),
  )
  return isFixed ? "Guaranteed" : "Burstable"
}

/** What admission adds to a pod (not to a template): account, tolerations, priority. A class that there is not adds nothing. */
export const admitPodSpec = (spec: Json, random: Random, view: Pick<StoreView, "get" | "list">): Json => {
  const tolerant = withTolerations(withServiceAccount(spec, random))
  const prior = withPriority(tolerant, view)
  return withDefaults(prior.ok ? prior.value : tolerant, { enableServiceLinks: true })
}

const DEFAULT_ACCOUNT = "default"

/** Why admission refuses a pod; the account of every namespace comes a moment after it, and is waited for. */
export const podRefusal = (
  spec: Json,
  namespace: string,
  view: Pick<StoreView, "get" | "list">,
): string | undefined => {
  const account = text(spec, "serviceAccountName") || DEFAULT_ACCOUNT
  if (account !== DEFAULT_ACCOUNT && !view.get("serviceaccounts", namespace, account))
    return `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`
  const prior = withPriority(spec, view)
  if (!prior.ok) return prior.error
  const runtime = text(spec, "runtimeClassName")
  if (runtime !== "") return `pod rejected: RuntimeClass "${runtime}" not found`
  return spec.overhead === undefined
    ? undefined
    : "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
}
