import { describe, expect, test } from "vitest"
import { behaviourOf, findImage, fullImageName } from "./registry.ts"

const behaviour = (
  image: string,
  more: { readonly command?: readonly string[]; readonly args?: readonly string[] } = {},
) => behaviourOf({ name: "c", image, ...more })

describe("an image reference", () => {
  test.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["nginx:1.29", "docker.io/library/nginx:1.29"],
    ["curlimages/curl:8.11.1", "docker.io/curlimages/curl:8.11.1"],
    ["localhost:5000/web", "localhost:5000/web:latest"],
    ["registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10"],
  ])("%s means %s", (short, full) => {
    expect(fullImageName(short)).toBe(full)
  })

  test("names an image under any spelling, and nothing when image or tag do not exist", () => {
    expect(findImage("docker.io/library/nginx:1.29")).toBe(findImage("nginx"))
    expect(findImage("nginx:9.99")).toBeUndefined()
    expect(findImage("ngnix")).toBeUndefined()
    expect(findImage("registry.k8s.io/e2e-test-images/agnhost:9.99")).toBeUndefined()
  })
})

describe("a command line", () => {
  test("decides on ports: flags move them", () => {
    expect(
      behaviour("registry.k8s.io/e2e-test-images/agnhost:2.63.0", { args: ["netexec", "--http-port=9000"] })?.sockets,
    ).toMatchObject([
      { port: 9000, protocol: "TCP" },
      { port: 8081, protocol: "UDP" },
    ])
    expect(
      behaviour("python:3.14", { command: ["python3", "-m", "http.server", "8080", "--bind", "127.0.0.1"] })?.sockets,
    ).toEqual([{ port: 8080, protocol: "TCP", address: "127.0.0.1" }])
    expect(behaviour("redis:8")?.sockets).toMatchObject([{ port: 6379 }])
  })

  test("through a shell waits, writes and hands over", () => {
    const slow = behaviour("registry.k8s.io/e2e-test-images/agnhost:2.63.0", {
      command: ["/bin/sh", "-c", "echo starting; sleep 30; exec /agnhost netexec --http-port=8080"],
    })
    expect(slow?.listensAfterMs).toBe(30_000)
    expect(slow?.onTerm).toEqual({ afterMs: 40, code: 0 })
    expect(slow?.lines(0, () => ({}))[0]?.text).toBe("starting")
    expect(behaviour("busybox", { command: ["sh", "-c", "sleep 2; exit 7"] })?.exit).toEqual({ afterMs: 2020, code: 7 })
    expect(behaviour("busybox", { args: ["sh", "-c", "while true; do date; sleep 1; done"] })).toMatchObject({
      sockets: [],
      onTerm: "ignored",
    })
  })

  test("with a program that the image does not have cannot start", () => {
    expect(behaviour("nginx", { command: ["sheII"] })).toBeUndefined()
    expect(behaviour("hashicorp/http-echo", { command: ["sh", "-c", "true"] })).toBeUndefined()
  })
})
