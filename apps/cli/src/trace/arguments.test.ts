import { describe, expect, test } from "vitest"
import { runIn } from "../testing/command-line.ts"
import { tracedShop } from "../testing/traced-shop.ts"

const { folder, run, traced } = tracedShop()

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
