import { describe, expect, test } from "vitest"
import { deployment, type Read, readFolder, service } from "../testing/read-folder.ts"
import {
  listOf,
  shopDns,
  shopDnsSlice,
  shopDump,
  shopNodes,
  shopPods,
  shopServices,
  shopSlices,
} from "../testing/running-shop.ts"

const serviceNames = ({ reading }: Read): readonly string[] =>
  (reading?.inventory.services ?? []).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)

describe("manifests", () => {
  test("are read from a folder and all below it: documents, lists, YAML and JSON; other files are let alone", async () => {
    const read = await readFolder({
      "one.yaml": `${service("a")}---\n# nothing here\n---\n${service("b")}`,
      "below/two.json": listOf(JSON.parse(JSON.stringify(shopServices[2]))),
      "below/three.yml": `apiVersion: v1\nkind: List\nitems:\n- ${service("c").trimEnd().replaceAll("\n", "\n  ")}\n`,
      "README.md": "# not: [yaml",
    })
    expect(read.errors).toEqual([])
    expect(serviceNames(read)).toEqual(expect.arrayContaining(["default/a", "default/b", "default/c", "shop/web"]))
  })

  test("keep the namespace that is asked for, and the place of each field", async () => {
    const { reading } = await readFolder(
      { "web.yaml": `${deployment("web", "nginx")}---\n${service("web")}` },
      { filename: ["web.yaml"], namespace: "shop" },
    )
    const name = { kind: "Service", namespace: "shop", name: "web" }
    expect(reading?.placeOf(name, ["spec", "ports", 0, "port"])).toEqual({ file: "web.yaml", line: 17 })
    expect(reading?.placeOf({ ...name, name: "other" })).toBeUndefined()
  })

  test("without running pods are simulated, which is said", async () => {
    const read = await readFolder({ "web.yaml": `${deployment("web", "nginx", 2)}---\n${service("web")}` })
    expect(read.said).toEqual(["No running pods in .: simulated on an embedded cluster of 3 nodes."])
    const { reading } = read
    expect(reading?.origin).toBe("simulated")
    expect(reading?.state.pods.filter(({ name }) => name.startsWith("web-"))).toMatchObject([
      { ready: true, sockets: [{ port: 80 }] },
      { ready: true, sockets: [{ port: 80 }] },
    ])
    const slices = reading?.inventory.endpointSlices.filter(({ metadata }) => metadata.name.startsWith("web-"))
    expect(slices?.[0]?.endpoints).toHaveLength(2)
  })

  test("from standard input are those of the named kinds; others are counted", async () => {
    const read = await readFolder(
      {},
      { filename: ["-"] },
      `${service("web")}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x}\n---\napiVersion: extensions/v1beta1\nkind: Deployment\n`,
    )
    expect(read.said).toContain("Not used: 1 Deployment of extensions/v1beta1, 1 Ingress.")
    expect(read.reading?.title).toBe("standard input")
  })

  test("may use kubectl's words for true, empty fields and anchors", async () => {
    const read = await readFolder({
      "web.yaml": `${service("web")}---\napiVersion: v1\nkind: Service\nmetadata: &m\n  name: other\n  labels:\nspec:\n  publishNotReadyAddresses: yes\n  selector: ~\n  ports: [{port: 80, targetPort: 8080}]\n`,
    })
    const other = read.reading?.inventory.services.find(({ metadata }) => metadata.name === "other")
    expect(other?.spec.publishNotReadyAddresses).toBe(true)
    expect(other?.spec.selector).toBeUndefined()
  })

  test("whose pods never become ready are named, with the reason", async () => {
    const { said } = await readFolder({
      "web.yaml": deployment("web", "nginx").replace(
        "spec: {containers",
        "spec: {nodeSelector: {disk: fast}, containers",
      ),
    })
    expect(said[1]).toMatch(
      /^Not ready in the simulation, after five minutes: default\/web-\S+ \(0\/3 nodes are available/,
    )
  })

  test("given twice count once: the last", async () => {
    const read = await readFolder({ "a.yaml": service("web"), "b.yaml": service("web").replace("80", "81") })
    expect(read.said[0]).toBe("1 object given more than once: the last one counts.")
    expect(read.reading?.inventory.services.find(({ metadata }) => metadata.name === "web")?.spec.ports).toMatchObject([
      { port: 81 },
    ])
  })
})

describe("a dump of a running cluster", () => {
  test("is taken as it is, and guesses about its network are named", async () => {
    const read = await readFolder({ "dump.json": shopDump })
    expect(read.reading?.origin).toBe("observed")
    expect(read.said).toEqual([
      expect.stringMatching(
        /^Guessed: kube-proxy in iptables mode, pod network 10\.50\.0\.0\/16, service network 10\.60\.0\.0\/16, node network 192\.168\.0\.0\/16\./,
      ),
    ])
    expect(read.reading?.state.config).toMatchObject({ dnsServiceIP: "10.60.0.53", clusterCIDR: "10.50.0.0/16" })
    expect(read.reading?.state.pods[0]?.sockets).toBeUndefined()
  })

  test("without EndpointSlices and Nodes gets those that follow from its pods", async () => {
    const read = await readFolder({ "dump.json": listOf(...shopPods, shopDns, ...shopServices) })
    expect(read.said.slice(0, 2)).toEqual([
      expect.stringContaining("No Nodes there"),
      expect.stringContaining("No EndpointSlices there"),
    ])
    expect(read.reading?.state.nodes).toMatchObject([
      { name: "one", internalIP: "192.168.7.1" },
      { name: "two", internalIP: "192.168.7.2" },
    ])
    expect(read.reading?.inventory.endpointSlices).toMatchObject([
      { ports: [{ port: 53 }], endpoints: [{ addresses: ["10.50.1.9"] }] },
      { ports: [{ port: 8080 }], endpoints: [{ addresses: ["10.50.0.4"] }, { addresses: ["10.50.1.4"] }] },
    ])
  })

  test("of kubectl cluster-info dump is read as a folder and as a stream with logs between", async () => {
    const typed = (kind: string, items: readonly object[]) =>
      JSON.stringify(
        {
          kind: `${kind}List`,
          apiVersion: "v1",
          items: items.map((item) => ({ ...item, kind: undefined, apiVersion: undefined })),
        },
        null,
        4,
      )
    const parts = [typed("Node", shopNodes), typed("Service", shopServices), typed("Pod", [...shopPods, shopDns])]
    const events = '{\n    "kind": "EventList",\n    "apiVersion": "v1",\n    "items": null\n}'
    const folder = await readFolder({
      "nodes.json": parts[0] ?? "",
      "shop/services.json": parts[1] ?? "",
      "shop/pods.json": parts[2] ?? "",
      "shop/web/logs.txt": "{",
    })
    const logs =
      "==== START logs for container main of pod shop/web ====\n{broken\n\n==== END logs for container main of pod shop/web ===="
    const stream = await readFolder({}, { filename: ["-"] }, `${parts.join("\n")}\n${events}\n${logs}\n`)
    for (const read of [folder, stream]) {
      expect(read.errors).toEqual([])
      expect(read.reading?.state.nodes.map(({ name }) => name)).toEqual(["one", "two"])
      expect(read.reading?.inventory.pods.map(({ kind }) => kind)).toEqual(["Pod", "Pod", "Pod", "Pod"])
      expect(read.reading?.inventory.endpointSlices).toHaveLength(2)
    }
  })

  test("with a Service that no slice mentions is not completed: that is how it was", async () => {
    const other = { ...shopServices[2], metadata: { name: "late", namespace: "shop" } }
    const { reading } = await readFolder({ "dump.json": listOf(...shopNodes, ...shopPods, ...shopSlices, other) })
    expect(reading?.inventory.endpointSlices).toHaveLength(1)
  })

  test("without the pods of kube-system says nothing of DNS: names are taken to resolve", async () => {
    const partial = await readFolder({ "dump.json": listOf(...shopNodes, ...shopPods, ...shopServices) })
    expect(partial.said[0]).toContain("No pods of kube-system there")
    expect(partial.reading?.state.services.map(({ metadata }) => metadata.name)).toEqual(["kubernetes", "web"])
    expect(partial.reading?.state.config.dnsServiceIP).toBe("10.60.0.53")
    const known = await readFolder({
      "dump.json": listOf(...shopNodes, ...shopPods, ...shopServices, ...shopSlices, shopDnsSlice),
    })
    expect(known.said.join()).not.toContain("kube-system")
  })

  test("cannot be simulated with other nodes", async () => {
    const { errors } = await readFolder({ "dump.json": shopDump }, { filename: ["."], nodes: 5 })
    expect(errors[0]?.message).toContain("--nodes is for simulations")
  })
})
