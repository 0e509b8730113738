import { createCancellation } from "@pilotage/kube-model"
import { createTerminal, openConsole } from "@pilotage/terminal"
import { expect, test } from "vitest"
import { startCluster } from "./lab-cluster.ts"
import { playScript } from "./play-script.ts"
import { memoryFiles, terminalHost } from "./terminal-host.ts"
import { demoLab } from "./testing/demo-lab.ts"
import { createVirtualClock, runToEnd, type Turn } from "./virtual-clock.ts"

/** Enough rounds of microtasks for a pipe of programs to come to rest. */
const turn: Turn = async () => {
  for (let round = 0; round < 1_000; round += 1) await Promise.resolve()
}

const open = () => {
  const started = startCluster(demoLab, 1)
  if (!started.ok) throw new Error(started.error.message)
  const cluster = started.value
  const clock = createVirtualClock(cluster, turn)
  const files = memoryFiles({})
  const edit = async (): Promise<undefined> => undefined
  const terminal = createTerminal(terminalHost({ cluster, clock, files, defaultNamespace: "default", edit }))
  const wait = (milliseconds: number): Promise<void> => clock.advanceTo(cluster.now() + milliseconds)
  return { cluster, clock, terminal, wait }
}

const script = async (text: string) => {
  const { cluster, clock, terminal } = open()
  let out = ""
  let err = ""
  const io = {
    stdout: (chunk: string) => {
      out += chunk
    },
    stderr: (chunk: string) => {
      err += chunk
    },
    isTerminal: false,
  }
  const code = await runToEnd(terminal.runScript(text, io, createCancellation()), cluster, clock, turn, 600_000)
  if (!code.ok) throw new Error(`${code.error}\n${out}${err}`)
  return { out, err, code: code.value, cluster }
}

const ESC = "\u001b"

/** Escape sequences that move the cursor or set a mode. */
const ESCAPE = new RegExp(`${ESC}\\[[?0-9;]*[A-Za-z]`, "g")

const onConsole = () => {
  const world = open()
  let screen = ""
  const records: { readonly command: string; readonly exitCode: number; readonly output: string }[] = []
  const console = openConsole(world.terminal, {
    write: (text) => {
      screen += text
    },
    columns: 100,
    record: (record) => records.push(record),
  })
  return { ...world, console, records, screen: () => screen.replace(ESCAPE, "").replaceAll("\r", "") }
}

test("a script repairs a Service and sees that it answers", async () => {
  const { out, code } = await script(`
    set -e
    kubectl rollout status deployment/web
    kubectl patch service web --type=merge -p '{"spec":{"selector":{"app":"web"}}}'
    sleep 2
    kubectl exec deploy/web -- curl -sS -m 2 -o /dev/null -w '%{http_code}\\n' http://web/hostname
  `)
  expect(out).toMatch(/successfully rolled out\nservice\/web patched\n200\n$/)
  expect(code).toBe(0)
})

test("a pod of the workload answers one of its names; the shell counts the answers", async () => {
  const { out } = await script(`
    kubectl rollout status deployment/web > /dev/null
    kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}' > /dev/null
    sleep 2
    kubectl exec deploy/web -- sh -c 'for i in 1 2 3 4 5 6; do curl -s web/hostname; echo; done' | sort | uniq | wc -l
  `)
  expect(Number(out)).toBeGreaterThanOrEqual(1)
  expect(Number(out)).toBeLessThanOrEqual(2)
})

test("manifests come from here-documents and from files", async () => {
  const { out, err, code } = await script(`
    cat > extra.yaml <<EOF
apiVersion: v1
kind: Service
metadata:
  name: extra
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
EOF
    kubectl apply -f extra.yaml
    sed 's/extra/second/' extra.yaml | kubectl apply -f -
    kubectl get service -o name | grep -v kubernetes
    kubectl delete -f extra.yaml
  `)
  expect(err).toBe("")
  expect(out).toContain("service/extra created\nservice/second created\n")
  expect(out).toContain("service/extra\nservice/second\nservice/web\n")
  expect(code).toBe(0)
})

test("curl from the workstation does not reach a cluster IP, and says so as curl does", async () => {
  const { out, err } = await script(`
    curl -sS -m 2 http://$(kubectl get service web -o jsonpath='{.spec.clusterIP}'); echo $?
  `)
  expect(err).toContain("curl: (28) Connection timed out after 2000 milliseconds\n")
  expect(out).toBe("28\n")
})

test("a program that the image has not is refused in the runtime's words", async () => {
  const { err, code } = await script(
    "kubectl rollout status deploy/web > /dev/null; kubectl exec deploy/web -- nosuchcommand",
  )
  expect(err).toMatch(
    /OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuchcommand": executable file not found in \$PATH\n$/,
  )
  expect(code).toBe(1)
})

test("the exit code of a program in a pod is kubectl's", async () => {
  const { out, err, code } = await script(
    "kubectl rollout status deploy/web > /dev/null; kubectl exec deploy/web -- sh -c 'echo out; echo err >&2; exit 3'",
  )
  expect(out).toBe("out\n")
  expect(err).toBe("err\ncommand terminated with exit code 3\n")
  expect(code).toBe(3)
})

test("a namespace that was chosen stays chosen", async () => {
  const { out } = await script(
    "kubectl config set-context --current --namespace=kube-system > /dev/null; kubectl get service -o name",
  )
  expect(out).toContain("service/kube-dns\n")
})

test("kubectl get -w streams while time passes, until Ctrl-C", async () => {
  const { console, records, wait, screen } = onConsole()
  await wait(10_000)
  console.type("kubectl get pods -w")
  await wait(500)
  expect(console.isBusy()).toBe(true)
  const before = screen()
  await wait(100)
  expect(screen()).toBe(before)
  console.keys("\u0003")
  await wait(100)
  expect(console.isBusy()).toBe(false)
  expect(records.at(-1)?.exitCode).toBe(130)
  expect(records.at(-1)?.output).toContain("web-")
})

test("a watch tells what happens while it runs", async () => {
  const { out } = await script(`
    kubectl rollout status deploy/web > /dev/null
    (sleep 1; kubectl scale deploy/web --replicas=3 > /dev/null) &
    timeout 20 kubectl get pods -w | grep -c Pending
  `)
  expect(Number(out)).toBeGreaterThanOrEqual(1)
})

test("a loop of curls in a pod's shell runs on virtual time and ends by Ctrl-C; exit leads back", async () => {
  const { console, cluster, records, wait, screen } = onConsole()
  await wait(10_000)
  console.type('kubectl patch service web -p \'{"spec":{"selector":{"app":"web"}}}\'')
  await wait(3_000)
  console.type("kubectl exec -it deploy/web -- sh")
  await wait(100)
  expect(screen()).toMatch(/# $/)
  console.type("while true; do curl -s web/hostname; echo; sleep 1; done")
  await wait(4_500)
  expect(cluster.exchanges()).toHaveLength(5)
  console.keys("\u0003")
  await wait(3_000)
  expect(cluster.exchanges()).toHaveLength(5)
  expect(records.at(-1)?.exitCode).toBe(130)
  console.type("exit")
  await wait(100)
  expect(screen()).toMatch(/pilot@harbour:~\$ $/)
})

test("Tab knows the cluster's names", async () => {
  const { console, wait, screen } = onConsole()
  await wait(0)
  console.keys("kubectl get service w\t")
  await wait(10)
  expect(screen()).toMatch(/kubectl get service web /)
})

test("a solution that is played on virtual time passes the lab", async () => {
  const played = await playScript(
    demoLab,
    `kubectl patch service web --type=merge -p '{"spec":{"selector":{"app":"web"}}}'`,
    {},
    turn,
  )
  expect(played).toMatchObject({ ok: true, value: { exitCode: 0, result: { status: "pass" } } })
})

test("a script that never ends is stopped at the virtual limit", async () => {
  const { cluster, clock, terminal } = open()
  const io = { stdout: () => {}, stderr: () => {}, isTerminal: false }
  const run = terminal.runScript("while true; do sleep 60; done", io, createCancellation())
  expect(await runToEnd(run, cluster, clock, turn, 600_000)).toEqual({
    ok: false,
    error: "the script did not end within 600 s of the cluster's time",
  })
})

test("nslookup prints what BIND's does against CoreDNS, searches included", async () => {
  const { out } = await script(`
    kubectl rollout status deploy/web > /dev/null
    for name in web kubernetes.default nosuch; do kubectl exec deploy/web -- nslookup $name 2> /dev/null | sed 's/10.96.[0-9.]*$/ADDRESS/'; done
  `)
  const recursion = ";; Got recursion not available from ADDRESS\n"
  const server = "Server:\t\tADDRESS\nAddress:\t10.96.0.10#53\n\n"
  expect(out).toBe(
    `${recursion}${server}Name:\tweb.default.svc.cluster.local\nAddress: ADDRESS\n${recursion}\n` +
      `${recursion}${recursion}${server}Name:\tkubernetes.default.svc.cluster.local\nAddress: ADDRESS\n${recursion}\n` +
      `${recursion}${recursion}${recursion}${server}** server can't find nosuch: NXDOMAIN\n\n`,
  )
})
