import { setTimeout as sleep } from "node:timers/promises"
import { type FoundCluster, foundCluster, readyNodes } from "./found-cluster.ts"
import type { Kubectl } from "./kubectl.ts"
import { CHECK_LABEL, type CheckNodes, checkObjects } from "./objects.ts"

const MOST_NODES = 3
const WAIT_SECONDS = 120
/** Rules, DNS caches and announcements of load balancers lag behind the objects. */
const SETTLE_MS = 10_000

const chooseNodes = (names: readonly string[]): CheckNodes => {
  const [near, far = near] = names
  if (near === undefined || far === undefined) throw new Error("no node of the cluster is ready")
  return { near, far, all: names.slice(0, MOST_NODES) }
}

/** Makes the namespace and all in it, and waits until what can become ready is. An existing namespace is an error. */
export const makeNamespace = async (kubectl: Kubectl, namespace: string, image: string): Promise<void> => {
  const nodes = chooseNodes(readyNodes(await kubectl(["get", "nodes", "-o", "json"])))
  const metadata = { name: namespace, labels: { [CHECK_LABEL]: "true" } }
  await kubectl(["create", "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata }))
  const items = checkObjects(image, namespace, nodes)
  await kubectl(["create", "-n", namespace, "-f", "-"], JSON.stringify({ apiVersion: "v1", kind: "List", items }))
  const waits = ["--for=jsonpath={.status.phase}=Running", `--timeout=${WAIT_SECONDS}s`]
  await kubectl(["wait", "-n", namespace, "pod", "--all", ...waits])
  const able = items.flatMap(({ kind, metadata }) => {
    const { name } = metadata as { readonly name: string }
    return kind === "Pod" && name !== "half-1" && name !== "lazy-0" ? [`pod/${name}`] : []
  })
  await kubectl(["wait", "-n", namespace, ...able, "--for=condition=Ready", `--timeout=${WAIT_SECONDS}s`])
  await sleep(SETTLE_MS)
}

/** The objects of the namespace as the cluster has them now. */
export const readNamespace = async (kubectl: Kubectl, namespace: string): Promise<FoundCluster> =>
  foundCluster(namespace, {
    nodes: await kubectl(["get", "nodes", "-o", "json"]),
    pods: await kubectl(["get", "pods", "-n", namespace, "-o", "json"]),
    services: await kubectl(["get", "services", "-n", namespace, "-o", "json"]),
  })

/** Deletes the namespace, if it is one of the check's. */
export const deleteNamespace = async (kubectl: Kubectl, namespace: string): Promise<void> => {
  const field = `metadata.name=${namespace}`
  await kubectl(["delete", "namespace", "-l", `${CHECK_LABEL}=true`, "--field-selector", field, "--timeout=120s"])
}
