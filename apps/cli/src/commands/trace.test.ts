import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Trace } from "@pilotage/routing-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readCluster } from "../sources/read-cluster.ts"
import { type Circumstances, folderWith, type Ran, runIn } from "../testing/command-line.ts"
import { listOf, shopDump } from "../testing/running-shop.ts"

const repository = join(import.meta.dirname, "../../../..")

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

const folder = folderWith({ "shop.yaml": manifests, "dump.json": shopDump })
afterAll(() => rmSync(folder, { recursive: true }))

/** What the manifests become, as a dump: may be read again and again without a simulation. */
beforeAll(async () => {
  const read = await readCluster(
    { filename: ["shop.yaml"] },
    { folder, env: {}, home: folder, stdin: async () => "", say: () => undefined },
  )
  if (!read.ok) throw new Error(read.error.map(({ message }) => message).join())
  writeFileSync(join(folder, "running.json"), listOf(...Object.values(read.value.inventory).flat()))
})

const run = (args: readonly string[], circumstances?: Circumstances, file = "running.json"): Promise<Ran> =>
  runIn(folder, ["trace", "-f", file, ...args], circumstances)

const simulated = (...args: readonly string[]): Promise<Ran> => run(args, {}, "shop.yaml")

const traced = async (...args: readonly string[]): Promise<Trace> =>
  JSON.parse((await run([...args, "-o", "json"])).out)

describe("the exit code is curl's", () => {
  const cases: readonly (readonly [string, readonly string[], number, string])[] = [
    ["delivered", ["client", "web"], 0, "DELIVERED  curl exits with 0"],
    ["a name that nobody has", ["client", "wep"], 6, "NAME NOT FOUND  curl: (6) Could not resolve host: wep"],
    ["refused", ["client", "wrong-port"], 7, "REFUSED  curl: (7)"],
    ["timed out", ["container:172.18.0.99", "node/node-2:30007"], 28, "TIMED OUT  curl: (28)"],
  ]
  for (const [name, args, exitCode, words] of cases)
    test(`${name}: ${exitCode}`, async () => {
      const ran = await simulated(...args)
      expect(ran.exitCode).toBe(exitCode)
      expect(ran.out).toContain(words)
    })

  test("and 2 when the question or the input is wrong", async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], "who sends the request"],
      [["client"], "where does the request go?"],
      [["nobody", "web"], "there is no pod nobody in namespace default\n    Pods there: client, db-0, db-1"],
      [["web", "web"], "One of the pods of Deployment web: deployment/web."],
      [["node/x", "web"], "there is no node x\n    Nodes: far, node-2, node-3."],
      [["outside:x", "web"], "x is no IP address"],
      [["client", "web:0"], "0 is no port"],
      [["client", "ftp://web"], "ftp:// is no scheme"],
      [["client", "svc/web:metrics"], "Service web has no port metrics\n    Its ports: http."],
      [["client", "web", "--pick", "3"], "there is no backend 3\n    Choose from 1 to 2."],
      [["client", "web", "--picks", "1,2"], "Numbers from 0 to below 1"],
      [["client", "web", "-o", "svg"], "Allowed choices are wide, json, mermaid"],
      [["client", "web", "--colour"], "unknown option"],
      [["--rules", "R0"], "there is no rule R0"],
    ]
    for (const [args, words] of wrong) {
      const { exitCode, out, err } = await run(args)
      expect([args, exitCode, out]).toEqual([args, 2, ""])
      expect(err).toContain(words)
    }
  })
})

describe("clients", () => {
  const originOf = async (from: string, ...more: readonly string[]) => (await traced(from, "web", ...more)).request.from

  test("are pods, one of a workload's pods, nodes, and machines outside", async () => {
    expect(await originOf("client")).toEqual({ kind: "pod", namespace: "default", name: "client" })
    expect(await originOf("default/client")).toEqual({ kind: "pod", namespace: "default", name: "client" })
    expect(await originOf("deploy/web")).toMatchObject({ kind: "pod", name: expect.stringMatching(/^web-/) })
    expect(await originOf("default/sts/db")).toMatchObject({ kind: "pod", name: "db-0" })
    expect(await originOf("node/far")).toEqual({ kind: "node", name: "far" })
    expect(await originOf("outside")).toEqual({ kind: "outside", ip: "203.0.113.7" })
    expect(await originOf("outside:198.51.100.9")).toEqual({ kind: "outside", ip: "198.51.100.9" })
    expect(await originOf("container:172.18.0.99")).toEqual({ kind: "node-network", ip: "172.18.0.99" })
  })

  test("of another namespace are found when it is named", async () => {
    const inShop = await runIn(folder, ["trace", "-f", "dump.json", "deploy/client", "web:8000"])
    expect([inShop.exitCode, inShop.err]).toEqual([
      2,
      expect.stringContaining("Write shop/deployment/client, or choose a namespace with -n."),
    ])
    const pod = await runIn(folder, ["trace", "-f", "dump.json", "web-5d8-a", "web"])
    expect(pod.err).toContain("Write shop/web-5d8-a.")
    expect(
      (await runIn(folder, ["trace", "-f", "dump.json", "-n", "shop", "deploy/client", "web:8000"])).exitCode,
    ).toBe(0)
  })
})

describe("destinations", () => {
  test("are names, addresses and URLs; the port is 80 unless the scheme or the text says otherwise", async () => {
    const request = async (to: string) => {
      const { request } = await traced("client", to)
      return `${request.to} ${request.port}`
    }
    expect(await request("web")).toBe("web 80")
    expect(await request("web.default:81")).toBe("web.default 81")
    expect(await request("https://web/path?x=1:2")).toBe("web 443")
    expect(await request("http://user:word@web:8080/")).toBe("web 8080")
    expect(await request("10.96.0.10:53")).toBe("10.96.0.10 53")
    expect(await request("[fd00::1]:81")).toBe("fd00::1 81")
    expect(await request("fd00::1")).toBe("fd00::1 80")
    expect(await request("http://[fd00::1]:81/")).toBe("fd00::1 81")
  })

  test("that name a Service are what the client can use: its name, its cluster IP, its way in from outside", async () => {
    const { request: inside } = await traced("client", "svc/db")
    expect(inside).toMatchObject({ to: "db", port: 5432 })
    expect((await traced("node/far", "svc/web:http")).request).toMatchObject({
      to: expect.stringMatching(/^10\.96\./),
      port: 80,
    })
    expect((await traced("outside", "svc/web")).request).toMatchObject({ to: "172.18.255.200", port: 80 })
    expect((await traced("outside", "svc/local-only")).request).toMatchObject({ to: "172.18.0.2", port: 30007 })
    expect((await traced("client", "kube-system/svc/kube-dns")).request).toMatchObject({
      to: "kube-dns.kube-system",
      port: 53,
      protocol: "UDP",
    })
  })

  test("that name a pod or node are their addresses", async () => {
    expect((await traced("client", "pod/db-0")).request).toMatchObject({
      to: expect.stringMatching(/^10\.244\./),
      port: 5432,
    })
    expect((await traced("client", "node/far:30007")).request).toMatchObject({ to: "172.18.0.2", port: 30007 })
  })

  test("may be asked over UDP", async () => {
    const ran = await run(["client", "kube-dns.kube-system:53", "--protocol", "udp"])
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toContain("UDP to kube-dns.kube-system:53")
    expect(ran.out).not.toContain("curl")
  })
})

describe("the text", () => {
  test("shows queries, hops, backends and what came of it, in 80 columns", async () => {
    const { out } = await run(["client", "svc/web"])
    expect(out).toMatch(/^curl http:\/\/web\/\nfrom pod default\/client on far\n/)
    expect(out).toMatch(
      /DNS {2}asked of 10\.96\.0\.10\n {2}web\.default\.svc\.cluster\.local\. {2}A +10\.96\.[\d.]+ +R4\n/,
    )
    expect(out).toMatch(/^ 1 {2}pod default\/client +send +R4$/m)
    expect(out).toMatch(/^ {6}becomes 10\.244\.1\.\d+ -> 10\.244\.\d\.\d:8080$/m)
    expect(out).toMatch(/^BACKENDS {2}one of 2 for each connection, here the one with \*$/m)
    expect(out).toMatch(/^\* {2}10\.244\.\d\.\d:8080 {2}default\/web-\S+ +\S+ +sees 10\.244\.1\.\d+$/m)
    expect(out).toMatch(/^DELIVERED/m)
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80)
  })

  test("of a failure ends with the reason, the object's field in its file, and the change that helps", async () => {
    const { out } = await simulated("client", "wrong-port")
    expect(out).toMatch(/^Why {4}Service wrong-port in namespace default sends to port 9999/m)
    expect(out).toContain("Where  Service default/wrong-port, spec.ports[0].targetPort = 9999\n       shop.yaml:20\n")
    expect(out).toMatch(/^Fix {4}Set targetPort to 8080\.\n {7}\$ kubectl patch service wrong-port/m)
    expect(out).toMatch(/^Code {3}wrong-target-port$/m)
    expect(out).toMatch(/^Sure {3}certain/m)
  })

  test("says what is only taken to be so: programs that are not known, sockets of a cluster that was only read", async () => {
    const unknown = await simulated("client", "db:5432")
    expect(unknown.err).toContain(
      "Taken to start, and to answer on every port, for what they do is not known: ghcr.io/shop/db:1.",
    )
    expect(unknown.out).toContain("What the pod listens on is not in the objects")
    const known = await simulated("client", "web")
    expect(known.out).not.toContain("is not in the objects")
    const dump = await runIn(folder, ["trace", "-f", "dump.json", "shop/web-5d8-a", "web:8000"])
    expect(dump.out).toContain("What the pod listens on is not in the objects")
  })

  test("is coloured only where colours are wanted", async () => {
    expect((await run(["client", "web"])).out).not.toContain("\u001b")
    expect((await run(["client", "web"], { colour: true })).out).toContain("\u001b[32m")
  })

  test("goes the way to the backend that is picked", async () => {
    const [first, second] = (await traced("client", "web")).backends
    expect((await traced("client", "web", "--pick", "1")).chosen).toEqual(first)
    expect((await traced("client", "web", "--pick", "2")).chosen).toEqual(second)
    expect((await traced("outside", "svc/web", "--pick", "2")).chosen?.ip).toBe(second?.ip)
    expect((await traced("client", "web", "--picks", "0.99")).chosen).toEqual(second)
  })
})

describe("other forms", () => {
  test("json is the trace itself", async () => {
    const trace: Trace = JSON.parse((await simulated("client", "wrong-port", "-o", "json")).out)
    expect(trace).toMatchObject({ verdict: "refused", curl: { exitCode: 7 }, failure: { code: "wrong-target-port" } })
    expect(trace.hops.map(({ action }) => action)).toEqual(expect.arrayContaining(["send", "dnat", "reset"]))
  })

  test("wide has one line for a hop and one for a backend", async () => {
    const { out } = await run(["client", "web", "-o", "wide"])
    expect(out).toMatch(/^HOP {2}WHERE +ACTION +PACKET IN +PACKET OUT +RULE +CAUSE\n1 +pod default\/client +send /m)
    expect(out).toMatch(/^BACKEND +ADDRESS +NODE +SOURCE SEEN +CHOSEN +STATE\ndefault\/web-/m)
  })

  test("mermaid is a sequence diagram that only speaks of its participants", async () => {
    for (const to of ["web", "wrong-port", "wep"]) {
      const { out } = await run(["client", to, "-o", "mermaid"])
      const [head, ...lines] = out.trimEnd().split("\n")
      expect(head).toBe("sequenceDiagram")
      const known = new Set(lines.flatMap((line) => /^ {2}participant (\w+) as \S/.exec(line)?.[1] ?? []))
      const steps = lines.filter((line) => !line.startsWith("  participant "))
      expect(steps.length).toBeGreaterThan(2)
      for (const each of steps) {
        const line = each.replaceAll("<br/>", " ")
        const step = /^ {2}(?:Note over (\w+)|(\w+)(?:->>|-->>|--x)(\w+)): [^;#<>\n]*(?:#\d+;[^;#<>\n]*)*$/.exec(line)
        expect([line, step !== null]).toEqual([line, true])
        for (const id of step?.slice(1) ?? []) if (id !== undefined) expect(known).toContain(id)
      }
    }
  })

  test("rules are said without a cluster", async () => {
    const ran = await runIn(folder, ["trace", "--rules", "r1,R20"])
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toMatch(/^R1 {3}An IP address is used as it is.*\nR20 {2}One endpoint is chosen/)
    expect((await runIn(folder, ["trace", "--rules"])).out.split(/^R\d+/m).length).toBeGreaterThan(50)
  })
})

describe("the rules of the nodes that decided", () => {
  const rules = async (...args: readonly string[]) => (await run([...args, "--show-rules"])).out.split("\nRULES OF ")

  test("are those of the request's Service, in iptables mode with the packet's way marked", async () => {
    const [, text = "", ...more] = await rules("client", "web")
    expect(more).toEqual([])
    expect(text).toMatch(/^far {2}kube-proxy in iptables mode; > marks what the packet meets\n\$ iptables-save\n/)
    expect(text).toMatch(/^> R17 {2}-A KUBE-SERVICES -d 10\.96\.\S+ .*default\/web:http cluster IP/m)
    expect(text).toMatch(/^ {2}R17 {2}-A KUBE-SERVICES -d 172\.18\.255\.200\S+ .*loadbalancer IP/m)
    expect(text.match(/^> R19 .*-j DNAT --to-destination 10\.244\.\S+:8080$/gm)).toHaveLength(1)
    expect(text).not.toContain("wrong-port")
    expect(text).toMatch(/… \d+ lines of other Services and of all nodes\n$/)
  })

  test("end where a packet is dropped, on the node that was addressed", async () => {
    const [, text = ""] = await rules("container:172.18.0.99", "node/node-2:30007")
    expect(text).toMatch(/^node-2 /)
    expect(text).toMatch(/^> R25 {2}-A KUBE-\S+ .*default\/local-only has no local endpoints.* -j DROP$/m)
  })

  test("are nft's table and ipvs' virtual servers in those modes", async () => {
    const [, nft = ""] = await rules("client", "web", "--proxy-mode", "nftables")
    expect(nft).toMatch(/^\$ nft list table ip kube-proxy\n {7}table ip kube-proxy \{\n/m)
    expect(nft).toMatch(/^ {2}R17 .*10\.96\.\S+ \. tcp \. 80 : goto service-\S+-default\/web\/tcp\/http/m)
    const [, ipvs = ""] = await rules("client", "web", "--proxy-mode", "ipvs")
    expect(ipvs).toMatch(
      /^\$ ipvsadm -Ln\n(.*\n)* {2}R17 {2}TCP {2}10\.96\.\S+:80 rr\n {2}R19 {4}-> 10\.244\.\S+:8080 /m,
    )
    expect(ipvs).toContain("$ ipset save\n")
  })

  test("are none for a request that no node changed", async () => {
    const { out } = await run(["client", "pod/db-0", "--show-rules"])
    expect(out).toContain("No node's rules changed or ended this packet's way.")
  })
})

test("a lab's start is traced from the repository's root", async () => {
  const ran = await runIn(repository, [
    "trace",
    "-f",
    "labs/01-clusterip/start",
    "-n",
    "shop",
    "deploy/frontend",
    "backend.stock",
  ])
  expect(ran.exitCode).toBe(7)
  expect(ran.out).toMatch(/labs\/01-clusterip\/start\/10-stock\.yaml:\d+/)
})
