import type { KubeObject } from "@pilotage/kube-model"
import type { Origin } from "@pilotage/routing-core"
import type { ClusterPort, CurlProbe } from "./cluster-port.ts"

const NAMESPACE = "contract"
const SERVER = "registry.k8s.io/e2e-test-images/agnhost:2.63.0"

const service = (name: string, app: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: NAMESPACE },
  spec: { selector: { app }, ports: [{ port: 80, targetPort: 8080 }] },
})

/** What must be in the cluster, and ready, before the contract is tried. */
export const contractObjects: readonly KubeObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: NAMESPACE },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image: SERVER, args: ["netexec", "--http-port=8080"] }] },
      },
    },
  },
  service("web", "web"),
  service("empty", "nothing"),
]

/** One promise of every ClusterPort. `broken` gives a sentence when it is not kept. */
export interface ContractCase {
  readonly name: string
  readonly broken: (port: ClusterPort) => Promise<string | undefined>
}

const webPods = (port: ClusterPort): Promise<readonly KubeObject[]> => port.list("v1", "Pod", NAMESPACE, "app=web")

const aPod = async (port: ClusterPort): Promise<Origin> => {
  const [pod] = await webPods(port)
  if (!pod) throw new Error(`no pod with app=web in namespace ${NAMESPACE}`)
  return { kind: "pod", namespace: NAMESPACE, name: pod.metadata.name }
}

const probe = (from: Origin, url: string, connections = 1): CurlProbe => ({ from, url, maxTimeMs: 2000, connections })

const key = (kind: string, name: string) => ({ apiVersion: "v1", kind, namespace: NAMESPACE, name })

const clusterIP = async (port: ClusterPort): Promise<string> => {
  const found = await port.get(key("Service", "web"))
  return (found?.spec as { readonly clusterIP?: string } | undefined)?.clusterIP ?? ""
}

const differs = (what: string, wanted: unknown, found: unknown): string | undefined =>
  wanted === found ? undefined : `${what} should be ${JSON.stringify(wanted)}, and is ${JSON.stringify(found)}`

/** Curls once from a pod and compares the exit code, with routing-core's account of the same request too. */
const endsWith = async (port: ClusterPort, host: string, exitCode: number): Promise<string | undefined> => {
  const from = await aPod(port)
  const [seen] = await port.curl(probe(from, `http://${host}`))
  const trace = await port.explain(from, host, 80)
  return (
    differs(`curl's exit code for ${host}`, exitCode, seen?.exitCode) ??
    differs("the exit code that explain gives", exitCode, trace.curl.exitCode) ??
    (exitCode !== 0 && !trace.failure ? `explain gives no reason why ${host} fails` : undefined)
  )
}

/** What labs and the grader rely on, whatever the cluster is. */
export const clusterPortContract: readonly ContractCase[] = [
  {
    name: "get gives an object with its kind, and undefined where there is none",
    broken: async (port) =>
      differs("the kind", "Service", (await port.get(key("Service", "web")))?.kind) ??
      differs("a missing object", undefined, await port.get(key("Service", "none"))),
  },
  {
    name: "list filters by label, and its items carry their kind",
    broken: async (port) => {
      const kinds = (await webPods(port)).map((pod) => pod.kind).join()
      const none = await port.list("v1", "Pod", NAMESPACE, "app=none")
      return differs("the kinds", "Pod,Pod", kinds) ?? differs("pods without the label", 0, none.length)
    },
  },
  {
    name: "getAtStart gives objects as they were when the lab started",
    broken: async (port) => {
      const [now, start] = [await port.get(key("Service", "web")), await port.getAtStart(key("Service", "web"))]
      return differs("the uid at the start", now?.metadata.uid, start?.metadata.uid)
    },
  },
  {
    name: "curl gives one observation for each connection, with status, body and the pod that answered",
    broken: async (port) => {
      const seen = await port.curl(probe(await aPod(port), "http://web/hostname", 10))
      const names = new Set((await webPods(port)).map((pod) => `${NAMESPACE}/${pod.metadata.name}`))
      const odd = seen.find((each) => each.backend !== undefined && each.backend !== `${NAMESPACE}/${each.body}`)
      return (
        differs("the number of observations", 10, seen.length) ??
        differs(
          "the statuses",
          true,
          seen.every((each) => each.status === 200),
        ) ??
        differs(
          "pods that answered are known",
          true,
          seen.every((each) => names.has(each.backend ?? "")),
        ) ??
        (odd ? `${odd.backend} answered with the body ${odd.body}` : undefined)
      )
    },
  },
  { name: "a Service that works is reached", broken: (port) => endsWith(port, "web", 0) },
  { name: "a Service without endpoints refuses, and explain says why", broken: (port) => endsWith(port, "empty", 7) },
  { name: "an unknown name is not found", broken: (port) => endsWith(port, "no-such-name", 6) },
  {
    name: "names resolve as in the pod that asks",
    broken: async (port) => {
      const from = await aPod(port)
      const found = await port.resolve(from, "web", "A")
      const none = await port.resolve(from, "no-such-name", "A")
      return (
        differs("the address of web", await clusterIP(port), found.answers.join()) ??
        differs("the answer for an unknown name", "NXDOMAIN", none.rcode)
      )
    },
  },
  {
    name: "logs hold what the programs wrote",
    broken: async (port) => {
      const text = await port.logs({ namespace: NAMESPACE, labels: "app=web" })
      return text.includes("Started HTTP server") ? undefined : "the logs lack the server's first line"
    },
  },
  {
    name: "the port's own requests are not the learner's",
    broken: async (port) => {
      await port.curl(probe(await aPod(port), "http://web"))
      return differs("the number of learner's curls", 0, (await port.learnerCurls()).length)
    },
  },
]
