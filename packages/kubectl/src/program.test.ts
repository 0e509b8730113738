import { expect, test } from "vitest"
import { createFakeServer, failure, objectOf } from "./testing/fake-server.ts"
import { runKubectl, settle, start } from "./testing/run-kubectl.ts"

const web = objectOf("v1", "Service", "web", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } })
const pod = (name: string, labels: Record<string, string> = { app: "web" }) =>
  objectOf("v1", "Pod", name, {
    metadata: { labels },
    spec: { nodeName: "node-1", containers: [{ name: "main" }, { name: "side" }] },
    status: { phase: "Running" },
  })

test("get prints the found rows, then says what is missing", async () => {
  expect(await runKubectl(createFakeServer([web]), "get svc web nope")).toEqual({
    exit: 1,
    stdout: "NAME   AGE\nweb    5s\n",
    stderr: 'Error from server (NotFound): services "nope" not found\n',
  })
})

test("several types stand apart and their names carry the type", async () => {
  const run = await runKubectl(createFakeServer([web, pod("one")]), "get svc,pods,deploy -o wide")
  expect(run.stdout).toBe(
    "NAME          AGE   EXTRA\nservice/web   5s    more\n\nNAME      AGE   EXTRA\npod/one   5s    more\n",
  )
})

test("nothing found is told on stderr and is no failure", async () => {
  expect(await runKubectl(createFakeServer(), "get pods -n other")).toEqual({
    exit: 0,
    stdout: "",
    stderr: "No resources found in other namespace.\n",
  })
})

test("one named object is printed as it is, several as a List without managed fields", async () => {
  const server = createFakeServer([objectOf("v1", "Service", "web", { metadata: { managedFields: [{}] } })])
  expect((await runKubectl(server, "get svc web -o jsonpath={.metadata.name}")).stdout).toBe("web")
  expect((await runKubectl(server, "get svc -o yaml")).stdout).toBe(
    [
      "apiVersion: v1",
      "items:",
      "- apiVersion: v1",
      "  kind: Service",
      "  metadata:",
      "    name: web",
      "    namespace: demo",
      '    resourceVersion: "1"',
      "    uid: uid-web",
      "kind: List",
      "metadata:",
      '  resourceVersion: ""',
      "",
    ].join("\n"),
  )
})

test("a watch streams changes until Ctrl-C", async () => {
  const server = createFakeServer([pod("one")])
  const run = start(server, ["get", "pods", "-w"])
  await settle()
  server.put(pod("second"))
  await settle()
  expect(run.stdout()).toBe("NAME   AGE\none    5s\nsecond   5s\n")
  run.interrupt()
  expect(await run.exit).toBe(130)
})

test.each([
  [["gett", "pods"], 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
  [["frobnicate", "pods"], 'error: unknown command "frobnicate" for "kubectl"\n'],
  [["get", "foo"], 'error: the server doesn\'t have a resource type "foo"\n'],
  [["get", "pods", "--colour"], "error: unknown flag: --colour\nSee 'kubectl get --help' for usage.\n"],
  [["--context=nope", "get", "pods"], "Error in configuration: context was not found for specified context: nope\n"],
  [["-n", "demo", "delete", "svc"], "error: resource(s) were provided, but no name was specified\n"],
  [["apply", "-f", "nope.yaml"], 'error: the path "nope.yaml" does not exist\n'],
])("%j is refused", async (line, stderr) => {
  expect(await runKubectl(createFakeServer(), line)).toEqual({ exit: 1, stdout: "", stderr })
})

const MANIFEST = "apiVersion: v1\nkind: Service\nmetadata: {name: new}\nspec: {ports: [{port: 80}]}\n"

test("apply makes, leaves alone and changes", async () => {
  const server = createFakeServer()
  const apply = (text: string) => runKubectl(server, "apply -f -", { stdin: text })
  expect((await apply(MANIFEST)).stdout).toBe("service/new created\n")
  expect((await apply(MANIFEST)).stdout).toBe("service/new unchanged\n")
  expect((await apply(MANIFEST.replace("80", "81"))).stdout).toBe("service/new configured\n")
  const patch = server.requests.at(-1)
  expect(patch?.headers?.["content-type"]).toBe("application/strategic-merge-patch+json")
  expect(patch?.body).toMatchObject({ spec: { ports: [{ port: 81 }, { $patch: "delete", port: 80 }] } })
})

test("a bad document does not keep the good ones from being applied", async () => {
  const bad = "apiVersion: v1\nkind: Servis\nmetadata: {name: x}\n"
  const run = await runKubectl(createFakeServer(), "apply -f -", { stdin: `${MANIFEST}---\n${bad}` })
  expect(run).toEqual({
    exit: 1,
    stdout: "service/new created\n",
    stderr:
      'error: resource mapping not found for name: "x" namespace: "" from "STDIN": no matches for kind "Servis" in version "v1"\nensure CRDs are installed first\n',
  })
})

test("a folder's manifests are read in order, other files are not", async () => {
  const files = {
    dir: ["b.yaml", "a.yml", "readme.md"],
    "dir/a.yml": MANIFEST,
    "dir/b.yaml": MANIFEST.replace("new", "two"),
    "dir/readme.md": "{",
  }
  expect((await runKubectl(createFakeServer(), "apply -f dir", { files })).stdout).toBe(
    "service/new created\nservice/two created\n",
  )
})

test("several invalid fields are listed, each on its line", async () => {
  const server = createFakeServer()
  const causes = [
    { field: "spec.ports[0].port", message: "Invalid value: 0: must be between 1 and 65535, inclusive" },
    { field: "spec.type", message: "Required value" },
  ]
  server.answerOnce("POST", /services/, failure(422, "Invalid", "long", { name: "new", kind: "Service", causes }))
  expect((await runKubectl(server, "apply -f -", { stdin: MANIFEST })).stderr).toBe(
    'The Service "new" is invalid: \n* spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n* spec.type: Required value\n',
  )
})

test("the server's warnings are passed on once", async () => {
  const server = createFakeServer()
  server.answerOnce("POST", /fieldValidation=Warn/, {
    status: 201,
    headers: { warning: '299 - "unknown field \\"spec.port\\""' },
    body: web,
  })
  expect(await runKubectl(server, "apply --validate=warn -f -", { stdin: MANIFEST })).toEqual({
    exit: 0,
    stdout: "service/new created\n",
    stderr: 'Warning: unknown field "spec.port"\n',
  })
})

test("delete waits until the object is gone", async () => {
  const server = createFakeServer([pod("one")])
  server.answerOnce("DELETE", /pods\/one/, { status: 200, headers: {}, body: pod("one") })
  const run = start(server, ["delete", "pod", "one"])
  let done = false
  void run.exit.then(() => {
    done = true
  })
  await settle()
  expect([run.stdout(), done]).toEqual(['pod "one" deleted from demo namespace\n', false])
  server.remove("Pod", "one")
  expect(await run.exit).toBe(0)
})

test("labels are set, kept and removed", async () => {
  const server = createFakeServer([pod("one")])
  expect((await runKubectl(server, "label pod one tier=front")).stdout).toBe("pod/one labeled\n")
  expect((await runKubectl(server, "label pod one tier=back")).stderr).toBe(
    "error: 'tier' already has a value (front), and --overwrite is false\n",
  )
  expect((await runKubectl(server, "label pod one tier-")).stdout).toBe("pod/one unlabeled\n")
})

test("exec hands over the words after -- and passes on the exit code", async () => {
  const asked: unknown[] = []
  const run = await runKubectl(createFakeServer([pod("one")]), ["exec", "one", "--", "sh", "-c", "exit 3"], {
    exec: (request) => {
      asked.push(request)
      return { exitCode: 3 }
    },
  })
  expect(asked).toMatchObject([
    { namespace: "demo", pod: "one", container: "main", argv: ["sh", "-c", "exit 3"], tty: false },
  ])
  expect(run).toEqual({
    exit: 3,
    stdout: "",
    stderr: 'Defaulted container "main" out of: main, side\ncommand terminated with exit code 3\n',
  })
})

test("an edit that the server refuses comes back with the reason; saved again unchanged it is given up", async () => {
  const server = createFakeServer([web])
  const causes = [{ field: "spec.ports[0].port", message: "Invalid value: 0" }]
  server.answerOnce("PATCH", /services/, failure(422, "Invalid", "long", { name: "web", kind: "Service", causes }))
  const shown: string[] = []
  const run = await runKubectl(server, "edit svc web", {
    edit: (text) => {
      shown.push(text)
      return text.replace("port: 80", "port: 0")
    },
  })
  expect(shown[1]).toContain('# services "web" was not valid:\n# * spec.ports[0].port: Invalid value: 0\n#\n')
  expect(run.exit).toBe(1)
  expect(run.stderr).toMatch(
    /^error: services "web" is invalid\nA copy of your changes has been stored to "\/tmp\/kubectl-edit-\d+.yaml"\nerror: Edit cancelled, no valid changes were saved.\n$/,
  )
})

test("rollout status follows a deployment to its end", async () => {
  const deployment = (updated: number, available: number) =>
    objectOf("apps/v1", "Deployment", "web", {
      metadata: { generation: 1 },
      spec: { replicas: 2 },
      status: { observedGeneration: 1, replicas: 2, updatedReplicas: updated, availableReplicas: available },
    })
  const server = createFakeServer([deployment(1, 1)])
  const run = start(server, ["rollout", "status", "deploy/web"])
  await settle()
  server.put(deployment(2, 1))
  server.put(deployment(2, 2))
  expect(await run.exit).toBe(0)
  expect(run.stdout()).toBe(
    [
      'Waiting for deployment "web" rollout to finish: 1 out of 2 new replicas have been updated...',
      'Waiting for deployment "web" rollout to finish: 1 of 2 updated replicas are available...',
      'deployment "web" successfully rolled out',
      "",
    ].join("\n"),
  )
})

test("a wait that does not come true ends with its time", async () => {
  expect(await runKubectl(createFakeServer([pod("one")]), "wait --for=condition=Ready pod/one --timeout=1s")).toEqual({
    exit: 1,
    stdout: "",
    stderr: "error: timed out waiting for the condition on pods/one\n",
  })
})

test("describe service shows ready endpoints only, three at most", async () => {
  const endpoint = (ip: string, ready = true) => ({ addresses: [ip], conditions: { ready } })
  const slice = objectOf("discovery.k8s.io/v1", "EndpointSlice", "web-1", {
    metadata: { labels: { "kubernetes.io/service-name": "web" } },
    ports: [{ port: 8080 }],
    endpoints: [endpoint("10.0.0.1"), endpoint("10.0.0.2"), endpoint("10.0.0.3"), endpoint("10.0.0.4", false)],
  })
  const service = objectOf("v1", "Service", "web", {
    spec: {
      type: "ClusterIP",
      clusterIP: "10.96.0.9",
      clusterIPs: ["10.96.0.9"],
      ports: [{ port: 80, targetPort: "http" }],
      sessionAffinity: "None",
    },
  })
  const run = await runKubectl(createFakeServer([service, slice]), "describe svc web")
  expect(run.stdout).toBe(
    [
      "Name:              web",
      "Namespace:         demo",
      "Labels:            <none>",
      "Annotations:       <none>",
      "Selector:          <none>",
      "Type:              ClusterIP",
      "IP Families:       <none>",
      "IP:                10.96.0.9",
      "IPs:               10.96.0.9",
      "Port:              <unset>  80/TCP",
      "TargetPort:        http/TCP",
      "Endpoints:         10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080 + 0 more...",
      "Session Affinity:  None",
      "Events:            <none>",
      "",
    ].join("\n"),
  )
})

test("dry runs on the client write nothing", async () => {
  const server = createFakeServer()
  const run = await runKubectl(server, "create service clusterip made --tcp=80:8080 --dry-run=client -o yaml")
  expect(run.stdout).toContain("  ports:\n  - name: 80-8080\n    port: 80\n    protocol: TCP\n    targetPort: 8080\n")
  expect(server.requests.every((request) => request.method === "GET")).toBe(true)
})

test("a bug in the world around is not hidden as an answer", async () => {
  const broken = { ...createFakeServer(), transport: async () => Promise.reject(new Error("the wire is cut")) }
  await expect(runKubectl(broken, "get pods")).rejects.toThrow("the wire is cut")
})

test("diff shows what apply would change and exits with 1", async () => {
  const server = createFakeServer([
    objectOf("v1", "Service", "new", { spec: { ports: [{ port: 80 }], type: "ClusterIP" } }),
  ])
  server.answerOnce("PATCH", /dryRun=All/, {
    status: 200,
    headers: {},
    body: objectOf("v1", "Service", "new", { spec: { ports: [{ port: 81 }], type: "ClusterIP" } }),
  })
  const run = await runKubectl(server, "diff -f -", { stdin: MANIFEST.replace("80", "81") })
  expect([run.exit, run.stderr]).toEqual([1, ""])
  expect(run.stdout).toContain("--- /tmp/LIVE-")
  expect(run.stdout).toContain(
    "@@ -7,5 +7,5 @@\n   uid: uid-new\n spec:\n   ports:\n-  - port: 80\n+  - port: 81\n   type: ClusterIP\n",
  )
})

test("describe takes the beginning of a name when nothing has it in full", async () => {
  const server = createFakeServer([pod("web-a"), pod("web-b"), pod("other")])
  const run = await runKubectl(server, "describe pod web")
  expect([...run.stdout.matchAll(/^Name: +(.*)$/gm)].map(([, name]) => name)).toEqual(["web-a", "web-b"])
  expect((await runKubectl(server, "describe pod nope")).stderr).toBe(
    'Error from server (NotFound): pods "nope" not found\n',
  )
})
