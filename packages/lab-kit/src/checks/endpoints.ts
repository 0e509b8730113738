import type { Endpoint, EndpointSlice, KubeObject } from "@pilotage/kube-model"
import { type Finding, failed, type Grading, passed, runningPods } from "../grading.ts"
import type { Count } from "../schema/check-fields.ts"
import type { CheckOf } from "../schema/check-schema.ts"
import { explanation } from "./curl.ts"

const isSlice = (object: KubeObject): object is EndpointSlice => object.kind === "EndpointSlice"

export const meetsCount = (count: Count, value: number): boolean =>
  (count.equals === undefined || value === count.equals) &&
  (count.atLeast === undefined || value >= count.atLeast) &&
  (count.atMost === undefined || value <= count.atMost)

export const sayCount = (count: Count): string =>
  [
    count.equals === undefined ? "" : `exactly ${count.equals}`,
    count.atLeast === undefined ? "" : `at least ${count.atLeast}`,
    count.atMost === undefined ? "" : `at most ${count.atMost}`,
  ]
    .filter((part) => part !== "")
    .join(" and ")

/** An absent `ready` counts as true (discovery/v1 EndpointConditions). */
const isReady = (endpoint: Endpoint): boolean => endpoint.conditions?.ready !== false

/** Why a Service has the endpoints it has: a request from a node to its cluster IP meets the same obstacle. */
const whyEndpoints = async (service: KubeObject, grading: Grading): Promise<{ why?: string; reason?: string }> => {
  const [node] = await grading.port.list("v1", "Node", "")
  const { clusterIP, ports } = (service.spec ?? {}) as { clusterIP?: string; ports?: readonly { port: number }[] }
  const port = ports?.[0]?.port
  if (!node || !clusterIP || clusterIP === "None" || port === undefined) return {}
  return explanation({ kind: "node", name: node.metadata.name }, `http://${clusterIP}:${port}`, grading)
}

export const checkEndpoints = async (check: CheckOf<"endpoints">, grading: Grading): Promise<Finding> => {
  const namespace = check.service.namespace ?? grading.lab.namespace
  const label = `Service ${namespace}/${check.service.name}`
  const asked = [
    check.ready ? `${sayCount(check.ready)} ready` : "",
    check.total ? `${sayCount(check.total)} in all` : "",
    check.pods ? `all of them pods with ${check.pods.labels}` : "",
  ].filter((part) => part !== "")
  const expected = `${label} has endpoints: ${asked.join(", ")}.`
  const service = await grading.port.get({ apiVersion: "v1", kind: "Service", namespace, name: check.service.name })
  if (!service) return failed(expected, `${label} does not exist.`, "Nothing of that name is there.", "object-missing")
  const slices = await grading.port.list(
    "discovery.k8s.io/v1",
    "EndpointSlice",
    namespace,
    `kubernetes.io/service-name=${check.service.name}`,
  )
  const endpoints = slices.filter(isSlice).flatMap((slice) => slice.endpoints ?? [])
  const ready = endpoints.filter(isReady)
  const observed = `${ready.length} ready of ${endpoints.length}: ${endpoints.map((each) => each.targetRef?.name ?? each.addresses[0]).join(", ") || "none"}.`
  const counts =
    (!check.ready || meetsCount(check.ready, ready.length)) &&
    (!check.total || meetsCount(check.total, endpoints.length))
  if (!counts) {
    const { why, reason } = await whyEndpoints(service, grading)
    return failed(
      expected,
      observed,
      why ?? `The selector of ${label} decides which pods are its endpoints.`,
      reason ?? "endpoints-differ",
      endpoints,
    )
  }
  const pods = check.pods ? await runningPods(grading, check.pods) : undefined
  const names = new Set(pods?.map((pod) => pod.metadata.name))
  const stranger = pods ? endpoints.find((each) => !names.has(each.targetRef?.name ?? "")) : undefined
  if (stranger)
    return failed(
      expected,
      `${observed} ${stranger.targetRef?.name ?? stranger.addresses[0]} is none of them.`,
      `The selector of ${label} matches pods that it must not match.`,
      "endpoints-differ",
      endpoints,
    )
  return passed(expected, observed, "The selector matches these pods, and they are ready.", endpoints)
}
