import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Trace } from "@pilotage/routing-core"
import { afterAll, beforeAll } from "vitest"
import { readCluster } from "../sources/read-cluster.ts"
import { type Circumstances, folderWith, type Ran, runIn } from "./command-line.ts"
import { listOf, shopDump } from "./running-shop.ts"

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: main, image: "registry.k8s.io/e2e-test-images/agnhost:2.63.0", args: [netexec, --http-port=8080]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: wrong-port}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9999}]}
---
apiVersion: v1
kind: Service
metadata: {name: local-only}
spec: {type: NodePort, externalTrafficPolicy: Local, selector: {app: client}, ports: [{port: 80, nodePort: 30007}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec: {nodeName: far, containers: [{name: main, image: "curlimages/curl:7.88.1", command: [sleep, infinity]}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: main, image: "ghcr.io/shop/db:1", ports: [{containerPort: 5432}], readinessProbe: {tcpSocket: {port: 5432}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
`

/** A folder to trace in, and ways to do it. */
export interface TracedShop {
  /** Holds `shop.yaml` (the manifests), `running.json` (what they become) and `dump.json` (the running shop). */
  readonly folder: string
  /** `pilotage trace` in running.json. */
  readonly run: (args: readonly string[], circumstances?: Circumstances) => Promise<Ran>
  /** `pilotage trace` in shop.yaml, which runs a simulation each time. */
  readonly simulated: (...args: readonly string[]) => Promise<Ran>
  readonly traced: (...args: readonly string[]) => Promise<Trace>
}

/** For the tests of one file; the folder goes when they are done. */
export const tracedShop = (): TracedShop => {
  const folder = folderWith({ "shop.yaml": manifests, "dump.json": shopDump })
  beforeAll(async () => {
    const surroundings = { folder, env: {}, home: folder, stdin: async () => "", say: () => undefined }
    const read = await readCluster({ filename: ["shop.yaml"] }, surroundings)
    if (!read.ok) throw new Error(read.error.map(({ message }) => message).join())
    writeFileSync(join(folder, "running.json"), listOf(...Object.values(read.value.inventory).flat()))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const runFile = (file: string, args: readonly string[], circumstances?: Circumstances): Promise<Ran> =>
    runIn(folder, ["trace", "-f", file, ...args], circumstances)
  const run = (args: readonly string[], circumstances?: Circumstances) => runFile("running.json", args, circumstances)
  return {
    folder,
    run,
    simulated: (...args) => runFile("shop.yaml", args),
    traced: async (...args) => JSON.parse((await run([...args, "-o", "json"])).out),
  }
}
