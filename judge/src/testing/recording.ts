import { jsonLines } from "./case-folder.ts"

/** Two workers; web-0 and web-1 on the first, clients on both; one Service of each kind that the tests ask. */
const MANIFEST = `# Namespace dp. Pods as they were made.
apiVersion: v1
kind: Pod
metadata: {name: web-0, labels: {app: web}}
spec: {nodeName: w1, containers: [{name: c, image: agnhost, args: ["netexec", "--http-port=8080"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, labels: {app: web}}
spec: {nodeName: w1, containers: [{name: c, image: agnhost, args: ["netexec", "--http-port=8080"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client-a, labels: {}}
spec: {nodeName: w1, containers: [{name: c, image: agnhost, args: ["pause"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client-h, labels: {}}
spec: {nodeName: w2, hostNetwork: true, containers: [{name: c, image: agnhost, args: ["pause"]}]}
---
apiVersion: v1
kind: Service
metadata: {name: np}
spec: {selector: {app: web}, type: NodePort, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: noep}
spec: {selector: {app: nobody}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: sticky}
spec:
  selector: {app: web}
  sessionAffinity: ClientIP
  sessionAffinityConfig: {clientIP: {timeoutSeconds: 10}}
  ports: [{name: http, port: 80, targetPort: 8080}]
`

const META = {
  meta: {
    mode: "iptables",
    nodes: { "c-control-plane": "172.18.0.4", w1: "172.18.0.2", w2: "172.18.0.3" },
    pods: { "web-0": "10.244.2.8", "web-1": "10.244.2.9", "client-a": "10.244.2.11" },
    clusterIPs: { np: "10.96.0.20", noep: "10.96.0.21", sticky: "10.96.0.22" },
    nodePorts: { np: "30670", noep: "", sticky: "" },
    lbIPs: {},
    outside: { ip: "172.18.0.9", hostname: "0a1b2c" },
    curl: "curl 7.88.1 (x86_64-pc-linux-gnu)",
  },
}

/** A folder of recordings, as `caseFolder` takes it: `rows` after the meta line of `name`, with the manifest they need. */
export const recording = (name: string, rows: readonly object[]): Readonly<Record<string, string>> => ({
  [name]: jsonLines([META, ...rows]),
  [`manifests/${name.replace(/-.*/, "")}.yaml`]: MANIFEST,
})
