import { join } from "node:path"
import type { Trace } from "@pilotage/routing-core"
import { describe, expect, test } from "vitest"
import { runIn } from "../testing/command-line.ts"
import { tracedShop } from "../testing/traced-shop.ts"

const repository = join(import.meta.dirname, "../../../..")

const { folder, run, simulated, traced } = tracedShop()

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
    expect(out.match(/sends to port 9999/g)).toHaveLength(1)
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
    expect(nft).toMatch(/^[> ] R17 .*10\.96\.\S+ \. tcp \. 80 : goto service-\S+-default\/web\/tcp\/http/m)
    const [, ipvs = ""] = await rules("client", "web", "--proxy-mode", "ipvs")
    expect(ipvs).toMatch(
      /^\$ ipvsadm -Ln\n(.*\n)*[> ] R17 {2}TCP {2}10\.96\.\S+:80 rr\n[> ] R19 {4}-> 10\.244\.\S+:8080 /m,
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
