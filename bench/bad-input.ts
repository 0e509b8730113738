import { createCluster } from "@pilotage/embedded-cluster"
import type { KubeRequest } from "@pilotage/kube-model"
import { computed, type Figure, least } from "./measure.ts"

/** Bodies of just less than a MiB that are as much work as a body can be: each must be answered within 100 ms. */

const MIB = 1024 * 1024
const AIM_MS = 100
const RUNS = 3

/** As many elements as a MiB holds beside what is around them. */
const filled = (element: (index: number) => string): string => {
  const elements: string[] = []
  for (let [index, left] = [0, MIB - 500]; ; index += 1) {
    const next = element(index)
    left -= next.length + 1
    if (left < 0) return elements.join(",")
    elements.push(next)
  }
}

const CORE = "/api/v1/namespaces/default"
const CONTAINER = '"name":"a","image":"b"'
const STRATEGIC = "application/strategic-merge-patch+json"
const APPLY = "application/apply-patch+yaml"

interface Worst {
  readonly name: string
  readonly path: string
  readonly body: string
  /** Of a PATCH; otherwise it is a POST of JSON. */
  readonly patch?: string
}

const pod = (spec: string): string => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":${spec}}`
const posted = (name: string, plural: string, body: string): Worst => ({ name, path: `${CORE}/${plural}`, body })

const worstBodies = (): readonly Worst[] => [
  posted("empty containers", "pods", pod(`{"containers":[${filled(() => "{}")}]}`)),
  posted("empty variables", "pods", pod(`{"containers":[{${CONTAINER},"env":[${filled(() => "{}")}]}]}`)),
  posted("empty volumes", "pods", pod(`{"containers":[{${CONTAINER}}],"volumes":[${filled(() => "{}")}]}`)),
  posted(
    "constraints of a pod",
    "pods",
    pod(
      `{"containers":[{${CONTAINER}}],"topologySpreadConstraints":[${filled((index) => `{"topologyKey":"k${index}","maxSkew":1,"whenUnsatisfiable":"DoNotSchedule"}`)}]}`,
    ),
  ),
  posted("bad labels", "pods", `{"metadata":{"name":"a","labels":{${filled((index) => `"a ${index}":"!"`)}}}}`),
  posted(
    "owners",
    "configmaps",
    `{"metadata":{"name":"a","ownerReferences":[${filled(() => '{"controller":true}')}]}}`,
  ),
  posted("bad keys of data", "configmaps", `{"metadata":{"name":"a"},"data":{${filled((index) => `"${index} ":""`)}}}`),
  posted("ports", "services", `{"metadata":{"name":"a"},"spec":{"ports":[${filled(() => "{}")}]}}`),
  posted("unknown fields", "pods?fieldValidation=Strict", `{${filled((index) => `"f${index}":1`)}}`),
  posted("brackets", "pods", "[".repeat(MIB)),
  posted("a long name", "pods", `{"metadata":{"name":"${"a-".repeat(MIB / 2 - 100)}!"}}`),
  {
    name: "an ordered strategic merge",
    path: `${CORE}/services/kubernetes`,
    body: `{"spec":{"$setElementOrder/ports":[${filled((index) => `{"port":${index}}`)}]}}`,
    patch: STRATEGIC,
  },
  {
    name: "an apply of data",
    path: `${CORE}/configmaps/data?fieldManager=bench`,
    body: `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"data"},"data":{${filled((index) => `"k${index}":"v"`)}}}`,
    patch: APPLY,
  },
  {
    name: "an apply of variables",
    path: `${CORE}/pods/data?fieldManager=bench`,
    body: `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"data"},"spec":{"containers":[{${CONTAINER},"env":[${filled((index) => `{"name":"A${index}"}`)}]}]}}`,
    patch: APPLY,
  },
]

const requestOf = ({ path, body, patch }: Worst): KubeRequest => ({
  method: patch === undefined ? "POST" : "PATCH",
  path,
  body,
  headers: { "content-type": patch ?? "application/json", "user-agent": "bench" },
})

/** A new cluster for each time: nothing that was answered before helps. */
const answered = (worst: Worst): number => {
  const created = createCluster({ seed: 1, topology: { nodes: 1 } })
  if (!created.ok) throw new Error(created.error.message)
  const request = requestOf(worst)
  let status = 0
  const took = computed(() => {
    status = created.value.request(request).status
  })
  if (status >= 500 && worst.patch !== APPLY) throw new Error(`${worst.name} was answered with ${status}`)
  return took
}

/** The least of three times each: what the body costs, not what else goes on. */
export const badInputFigures = (): readonly Figure[] =>
  worstBodies()
    .map((worst) => ({
      name: `a MiB of ${worst.name}`,
      value: least(Array.from({ length: RUNS }, () => answered(worst))),
      unit: "ms" as const,
      aim: AIM_MS,
    }))
    .sort((a, b) => b.value - a.value)
