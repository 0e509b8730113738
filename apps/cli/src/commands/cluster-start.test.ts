import { readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { folderWith, runIn } from "../testing/command-line.ts"

const folder = folderWith({
  "shop/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
  "bad.yaml":
    "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 0}]}\n",
  "ship.yaml": "apiVersion: example.com/v1\nkind: Ship\nmetadata: {name: a}\n",
  "none.yaml": "- 1\n",
  mine: "apiVersion: v1\nkind: Config\n",
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = (...args: readonly string[]) => runIn(folder, ["cluster", "start", ...args])

describe("pilotage cluster start", () => {
  test("prints the URL and the line for the other terminal, and leaves nothing behind", async () => {
    const { exitCode, out, err } = await start("--nodes", "1", "--proxy-mode", "nftables")
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^https:\/\/127\.0\.0\.1:\d+\nexport KUBECONFIG=\S+\/kubeconfig\n$/)
    expect(err).toContain("A cluster of 1 node is running (kube-proxy nftables, load balancer none, seed 1)")
    const file = /KUBECONFIG=(\S+)/.exec(out)?.[1] ?? ""
    expect(() => readFileSync(file)).toThrow("ENOENT")
  })

  test("begins with the objects of files and folders", async () => {
    expect(await start("-f", "shop", "--kubeconfig", "kc")).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(`export KUBECONFIG=${join(folder, "kc")}\n`),
      err: expect.stringContaining("seed 1, 1 object applied"),
    })
  })

  test("says where an object stands that the API refuses, or that is none", async () => {
    expect(await start("-f", "bad.yaml")).toMatchObject({
      exitCode: 1,
      out: "",
      err: expect.stringMatching(/^bad\.yaml:5: Service web is refused: .*spec\.ports\[0\]\.port: Invalid value: 0/),
    })
    expect((await start("-f", "ship.yaml")).err).toContain("ship.yaml:1: Ship a is refused: this cluster has no")
    expect((await start("-f", "none.yaml")).err).toContain("none.yaml:1: this is no Kubernetes object")
    expect((await start("-f", "nowhere")).err).toContain("nowhere: there is no such file or folder")
  })

  test("says what a cloud's load balancer would cost", async () => {
    const { err } = await start("--load-balancer", "cloud-azure")
    expect(err).toContain("load balancer cloud-azure, seed 1")
    expect(err).toContain("each Service of type LoadBalancer would cost about $0.025 an hour")
    expect((await start("--load-balancer", "metallb")).err).not.toContain("$")
  })

  test("leaves a kubeconfig alone that it did not write", async () => {
    expect(await start("--kubeconfig", "mine")).toMatchObject({ exitCode: 1, out: "" })
    expect(readFileSync(join(folder, "mine"), "utf8")).toBe("apiVersion: v1\nkind: Config\n")
  })

  test("says when the port is taken", async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
    const address = other.address()
    const port = typeof address === "object" ? address?.port : 0
    expect(await start("--port", String(port))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining(`port ${port} is taken by another program`),
    })
    other.close()
  })

  test.each([
    [["--nodes", "0"], "Nodes are counted from 1 to 100."],
    [["--nodes", "1e1"], "Nodes are counted from 1 to 100."],
    [["--load-balancer", "cloud"], "Allowed choices are none, metallb, cloud-aws, cloud-gcp, cloud-azure, vip, proxy."],
    [["--proxy-mode", "ebpf"], "Allowed choices are iptables, nftables, ipvs."],
    [["--port", "65536"], "A port is from 0 to 65535."],
    [["--seed", "-1"], "A seed is from 0 to 4294967295."],
  ])("refuses %j", async (args, message) =>
    expect(await start(...args)).toMatchObject({ exitCode: 2, out: "", err: expect.stringContaining(message) }),
  )

  test("refuses node names that no node may have", async () => {
    expect((await start("--node-names", "a,b", "--nodes", "3")).err).toContain(
      "--nodes says 3, --node-names has 2 names",
    )
    expect((await start("--node-names", "a,a")).err).toContain("a is another node's name")
    expect((await start("--node-names", "a,,b")).err).toContain("topology.names[1]")
  })

  test("has help with examples", async () =>
    expect((await start("--help")).out).toContain("pilotage cluster start -f manifests/ --kubeconfig ./kubeconfig"))
})
