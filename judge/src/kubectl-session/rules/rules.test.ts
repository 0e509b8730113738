import { describe, expect, test } from "vitest"
import { createComparison } from "../comparison.ts"
import { createRenaming } from "../renaming.ts"
import { CLIENT_RULES } from "./client-texts.ts"
import { rulesFor } from "./rule.ts"
import { STATED_RULES } from "./stated-rules.ts"

const version = (text: string) => ({ text, minor: Number(/v1\.(\d+)/.exec(text)?.[1]) })

/** The names of the rules by which a recorded output and one of here agree; `undefined`: they do not. */
const agreement =
  (recorded: string, here: string) =>
  (cmd: string, before: string, now: string): readonly string[] | undefined => {
    const rules = rulesFor([...CLIENT_RULES, ...STATED_RULES], { recorded: version(recorded), here: version(here) })
    const { compare } = createComparison(createRenaming(), { worker: [], given: [], rules })
    const isError = /^(?:E\d{4} |error|Error)/.test(before)
    const streams = (text: string) => ({ stdout: isError ? "" : text, stderr: isError ? text : "", exit: 0 })
    const row = { n: 1, name: "x", cmd, stdin: "", ...streams(before), ms: 1 }
    const { differences, rules: used } = compare(row, streams(now))
    return differences.length > 0 ? undefined : used.map(({ name }) => name)
  }

const newer = agreement("v1.36.3", "v1.32.4")

describe("what two versions of kubectl say differently agrees by a rule that is told", () => {
  test.each([
    ["kubectl delete svc web", 'service "web" deleted from demo namespace\n', 'service "web" deleted\n'],
    ["kubectl describe deploy", "    Port:  80/TCP (http)\n    A: b\n", "    Port:  80/TCP\n    A: b\n"],
    ["kubectl describe pod x", "Name:  x\n    Optional:  false\n", "Name:  x\n    ConfigMapOptional:  <nil>\n"],
    [
      "kubectl create x --dry-run=client",
      "metadata:\n  name: x\n",
      "metadata:\n  creationTimestamp: null\n  name: x\n",
    ],
    ["kubectl create x", "  metadata: {}\nspec: {}\n", "  metadata:\n    creationTimestamp: null\nspec: {}\n"],
    [
      "kubectl create x -o json",
      '{"metadata": {"name": "x"}}\n',
      '{"metadata": {"creationTimestamp": null, "name": "x"}}\n',
    ],
    [
      "kubectl scale deploy x",
      'Error from server (NotFound): deployments.apps "x" not found\n',
      'error: no objects passed to scale deployments.apps "x" not found\n',
    ],
    [
      "kubectl logs solo -c x",
      "error: container x is not valid for pod solo out of: main, side\n",
      "error: container x is not valid for pod solo\n",
    ],
    [
      "kubectl describe pod -l a=b",
      "Name:  a\nQoS:  x\n\n\nName:  b\nQoS:  x\n",
      "Name:  a\nQoS:  x\nEvents:  <none>\n\n\nName:  b\nQoS:  x\nEvents:\n  Type  Reason\n  ----  ----\n  Normal  Made\n",
    ],
  ])("%s", (cmd, recorded, got) => {
    expect(newer(cmd, recorded, got)).toHaveLength(1)
    expect(agreement("v1.32.0", "v1.36.0")(cmd, got, recorded), "the other way round").toHaveLength(1)
    expect(agreement("v1.36.3", "v1.36.0")(cmd, recorded, got), "two clients that write it alike").toBeUndefined()
  })

  test("versions themselves, and how far apart they are, in every format", () => {
    const text = (client: string) => `Client Version: ${client}\nServer Version: v1.36.3\n`
    expect(newer("kubectl version", text("v1.36.3"), text("v1.32.4"))).toEqual(["the client's own version"])
    expect(
      newer("kubectl version", text("v1.36.3"), "Client Version: v1.32.4\nServer Version: v1.36.2\n"),
    ).toBeUndefined()
  })

  test("an error of the command line, told by a build that logs it", () => {
    const google = agreement("v1.36.3", "v1.32.4-dispatcher")
    const logged = 'E1121 10:00:00.000001   17 run.go:72] "command failed" err="required flag(s) \\"image\\" not set"\n'
    expect(google("kubectl create", 'error: required flag(s) "image" not set\n', logged)).toHaveLength(1)
    expect(newer("kubectl create", 'error: required flag(s) "image" not set\n', logged)).toBeUndefined()
  })
})

describe("what no version explains is still a difference", () => {
  test("in the same line as what a version does", () => {
    expect(
      newer("kubectl delete svc web", 'service "web" deleted from demo namespace\n', 'service "api" deleted\n'),
    ).toBeUndefined()
    expect(newer("kubectl describe deploy", "    Port:  80/TCP (http)\n", "    Port:  81/TCP\n")).toBeUndefined()
  })

  test("in the events of one object", () => {
    expect(newer("kubectl describe pod a", "Name:  a\nEvents:  <none>\n", "Name:  a\n")).toBeUndefined()
  })
})

describe("stated rules", () => {
  test("leave the prose of explain out, and compare fields and types", () => {
    const explain = (prose: string, type: string) =>
      `KIND:       Pod\nVERSION:    v1\n\nFIELD: spec <PodSpec>\n\n\nDESCRIPTION:\n    ${prose}\n    \nFIELDS:\n  affinity\t<${type}>\n    ${prose}\n\n`
    expect(
      newer("kubectl explain pod.spec", explain("One thing.", "Affinity"), explain("Another.", "Affinity")),
    ).toEqual(["the prose of explain"])
    expect(newer("kubectl explain pod.spec", explain("One.", "Affinity"), explain("One.", "Object"))).toBeUndefined()
  })

  test("take the first seconds of a pod and the steps of a rollout for chance, and the ends of both not", () => {
    const pod = (status: string, age: string) => `web   0/1   ${status}   0   ${age}\n`
    expect(newer("kubectl get pods", pod("Pending", "0s"), pod("ContainerCreating", "1s"))).toHaveLength(1)
    expect(newer("kubectl get pods", pod("Pending", "20s"), pod("ContainerCreating", "20s"))).toBeUndefined()
    const [one, two] = ["Waiting for 1 of 2\n", "Waiting for 2 of 2\n"]
    expect(newer("kubectl rollout status x", `${one}${two}done\n`, `${one}done\n`)).toHaveLength(1)
    expect(newer("kubectl rollout status x", `${one}${two}`, one)).toBeUndefined()
  })

  test("let two programs at once write in any order", () => {
    const line = "kubectl port-forward x & curl x"
    const whole = "error: one\ncurl: (52) Empty\nerror: lost\n"
    for (const torn of ["error: one\ncurl: (52)error: lost\n Empty\n", "error: lost\ncurl: (52) Emperror: one\nty\n"]) {
      expect(newer(line, whole, torn)).toEqual(["programs that write at once"])
      expect(newer("kubectl port-forward x", whole, torn)).toBeUndefined()
    }
    expect(newer(line, whole, "error: one\ncurl: (52)error: lost\n Full\n")).toBeUndefined()
  })
})
