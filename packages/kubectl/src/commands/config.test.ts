import { expect, test } from "vitest"
import { kubectl } from "../program.ts"
import { createFakeServer } from "../testing/fake-server.ts"
import { hostFor, runKubectl } from "../testing/run-kubectl.ts"

test("set-context --current tells the host the namespace that the next command shall use", async () => {
  const saved: string[] = []
  const host = { ...hostFor(createFakeServer()), saveNamespace: (namespace: string) => void saved.push(namespace) }
  let stdout = ""
  const exit = await kubectl(["config", "set-context", "--current", "--namespace=shop"], host, {
    stdin: (async function* () {})(),
    stdout: (text) => {
      stdout += text
    },
    stderr: () => {},
    isTerminal: false,
    cancellation: { cancelled: false, onCancel: () => () => {} },
  })
  expect([exit, stdout, saved]).toEqual([0, 'Context "pilotage" modified.\n', ["shop"]])
})

test("a kubeconfig that cannot be written is told, not ignored", async () => {
  const run = await runKubectl(createFakeServer(), "config set-context --current --namespace=shop")
  expect([run.exit, run.stderr]).toEqual([1, "error: open /root/.kube/config: read-only file system\n"])
})

test("the current namespace is one jsonpath away", async () => {
  const run = await runKubectl(createFakeServer(), "config view --minify -o jsonpath={..namespace}")
  expect(run.stdout).toBe("demo")
})
