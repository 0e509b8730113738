import { describe, expect, test } from "vitest"
import { createComparison, type Differences } from "./comparison.ts"
import { createRenaming } from "./renaming.ts"
import type { RecordedCommand } from "./session-file.ts"
import { workerRule } from "./volatile-values.ts"

/** Says how the second output differs from the first, command by command of one session. */
const session = (given: readonly string[] = []) => {
  const { compare } = createComparison(createRenaming(), {
    worker: workerRule(["kind-worker", "kind-worker2"]),
    given,
    rules: [],
  })
  return (cmd: string, recorded: string, got: string): Differences => {
    const command: RecordedCommand = { n: 1, name: "x", cmd, stdin: "", stdout: recorded, stderr: "", exit: 0, ms: 1 }
    return compare(command, { stdout: got, stderr: "", exit: 0 }).differences
  }
}

describe("two outputs agree", () => {
  test("when ages, times, column widths and resource versions differ", () => {
    expect(session()("kubectl get pods", "NAME   AGE\nsolo   5s\n", "NAME     AGE\nsolo     2m3s\n")).toEqual([])
    expect(session()("x", 'resourceVersion: "17"\n', 'resourceVersion: "4711"\n')).toEqual([])
    expect(session()("x", "  memory  70Mi (0%)  0 (1%)\n", "  memory  70Mi (3%)  0 (0%)\n")).toEqual([])
    expect(session()("x", "at 2026-11-21T02:15:40Z\n", "at 2027-01-01T00:00:00Z\n")).toEqual([])
  })

  test("when rows with generated names come in another order", () => {
    const recorded =
      "NAME                   NODE\nweb-6fc67c6967-bbpr6   kind-worker\nweb-6fc67c6967-h4kcn   kind-worker2\n"
    const got = "NAME                   NODE\nweb-7c7f9d8bb4-2zzkl   kind-worker2\nweb-7c7f9d8bb4-x8v9z   kind-worker\n"
    expect(session()("kubectl get pods -o wide", recorded, got)).toEqual([])
  })

  test("when replicas share the nodes in another way round, described one after another", () => {
    const pod = (name: string, node: string) => `Name:  web-${name}\nNode:  ${node}\n`
    const recorded = [pod("bbpr6", "kind-worker"), pod("h4kcn", "kind-worker"), pod("pkbpp", "kind-worker2")]
    const got = [pod("z2z2z", "kind-worker2"), pod("x4x4x", "kind-worker"), pod("v5v5v", "kind-worker2")]
    expect(session()("kubectl describe pods", recorded.join("\n\n"), got.join("\n\n"))).toEqual([])
  })

  test("when another replica was shown before", () => {
    const uid = (digit: string) => `${digit.repeat(8)}-1111-2222-3333-444444444444`
    const item = (name: string, node: string) => `- name: web-${name}\n  node: ${node}\n  uid: ${uid(name[0] ?? "")}\n`
    const say = session()
    expect(say("kubectl get pod x", `uid: ${uid("b")}\n`, `uid: ${uid("f")}\n`)).toEqual([])
    const recorded = [item("bb444", "kind-worker2"), item("dd444", "kind-worker"), item("cc444", "kind-worker")]
    const got = [item("ff444", "kind-worker"), item("cc555", "kind-worker"), item("dd555", "kind-worker2")]
    expect(say("kubectl get ep", recorded.join(""), got.join(""))).toEqual([])
    expect(say("kubectl get svc", `uid: ${uid("b")}\n`, `uid: ${uid("e")}\n`), "one that is new").not.toEqual([])
  })

  test("when nodes share a kernel there and have their own here", () => {
    const node = (digit: string) => `Boot ID:   ${digit.repeat(8)}-1111-2222-3333-444444444444\n`
    const say = session()
    expect(say("kubectl describe node a", node("1"), node("2"))).toEqual([])
    expect(say("kubectl describe node b", node("1"), node("3"))).toEqual([])
  })

  test("when a list of addresses is in another order", () => {
    const line = (...addresses: readonly string[]) => `Endpoints:  ${addresses.join(",")}\n`
    const both = [line("10.244.2.3:80", "10.244.1.2:80"), line("10.244.1.7:80", "10.244.2.9:80")] as const
    expect(session()("kubectl describe svc web", ...both)).toEqual([])
  })

  test("when a watch tells the same step twice", () => {
    expect(session()("kubectl rollout status deploy/web", "1 of 2...\n1 of 2...\ndone\n", "1 of 2...\ndone\n")).toEqual(
      [],
    )
    expect(session()("kubectl get pods", "1 of 2...\n1 of 2...\ndone\n", "1 of 2...\ndone\n")).not.toEqual([])
  })
})

describe("two outputs disagree", () => {
  test("when a fixed word differs, told line by line", () => {
    expect(session()("x", "TYPE   A\nNodePort   b\n", "TYPE   A\nClusterIP   b\n")).toEqual([
      "-stdout NodePort  b",
      "+stdout ClusterIP  b",
    ])
  })

  test("when an address stands for another one than before", () => {
    const say = session()
    expect(say("kubectl get svc web", "web   10.96.5.5\n", "web   10.96.7.7\n")).toEqual([])
    expect(say("kubectl get svc web", "web   10.96.5.5\n", "web   10.96.7.7\n")).toEqual([])
    expect(say("kubectl get svc web", "web   10.96.5.5\n", "web   10.96.8.8\n").join()).toContain("10.96.8.8")
    expect(say("kubectl get svc api", "api   10.96.6.6\n", "api   10.96.7.7\n")).not.toEqual([])
  })

  test("when two names within one output are one name here", () => {
    const recorded = "pod/web-bbpr6 on 10.244.1.2\npod/web-h4kcn on 10.244.1.3\n"
    expect(session()("x", recorded, recorded.replaceAll("h4kcn", "bbpr6"))).not.toEqual([])
  })

  test("when what was known is answered with a pod that nobody has seen", () => {
    const say = session()
    expect(say("kubectl get pods", "pod/web-bbpr6\n", "pod/web-x4x4x\n")).toEqual([])
    expect(say("kubectl logs deploy/web", "using pod/web-bbpr6\n", "using pod/web-z2z2z\n")).not.toEqual([])
  })

  test("when a value that the session itself names comes out as another", () => {
    expect(session(["30080"])("x", "nodePort: 30080\n", "nodePort: 30999\n")).not.toEqual([])
    expect(session()("x", "nodePort: 30080\n", "nodePort: 30999\n")).toEqual([])
    expect(session()("kubectl create svc --node-port=30080", "nodePort: 30080\n", "nodePort: 30999\n")).not.toEqual([])
  })

  test("when the three pods of the one are spread and those of the other are not", () => {
    const rows = (...nodes: readonly string[]) => nodes.map((node, at) => `web-${"bcdfg"[at]}4444   ${node}\n`).join("")
    const spread = rows("kind-worker", "kind-worker2", "kind-worker")
    expect(session()("x", spread, rows("kind-worker2", "kind-worker2", "kind-worker"))).toEqual([])
    expect(session()("x", spread, rows("kind-worker", "kind-worker", "kind-worker"))).not.toEqual([])
  })
})
