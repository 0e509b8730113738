import { execFile, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { folderWith } from "../../testing/command-line.ts"
import { aMinuteOld, twoContainers } from "../../testing/running-pods.ts"
import { type ServedCluster, serveCluster } from "../../testing/served-cluster.ts"

const isInstalled = spawnSync("kubectl", ["version", "--client"]).status === 0

/** As kubectl before 1.30 and 1.31 speaks, when it is told to. */
const PLAIN_SPDY = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: "false", KUBECTL_PORT_FORWARD_WEBSOCKETS: "false" }

describe.skipIf(!isInstalled)(`the real kubectl${isInstalled ? "" : " (skipped: it is not on the PATH)"}`, () => {
  let served: ServedCluster
  let folder: string
  beforeAll(async () => {
    served = await serveCluster(aMinuteOld(twoContainers("box")))
    folder = folderWith({ "tree/a.txt": "one\n", "tree/b/ä.txt": "two\n" })
  })
  afterAll(async () => {
    expect(served.errors).toEqual([])
    await served.close()
    rmSync(folder, { recursive: true })
  })

  const options = (env: Readonly<Record<string, string>> = {}) => ({
    env: { ...process.env, KUBECONFIG: served.kubeconfig, HOME: folder, ...env },
    cwd: folder,
    timeout: 20_000,
  })
  const kubectl = (args: readonly string[], stdin = "", env: Readonly<Record<string, string>> = {}) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const child = execFile("kubectl", [...args], options(env), (error, out, err) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      )
      child.stdin?.end(stdin)
    })

  describe.each([
    ["a WebSocket", {}],
    ["SPDY", PLAIN_SPDY],
  ])("over %s", (_, env) => {
    test("runs a program with stdin, both outputs and its exit code", async () => {
      const script = "cat; echo err >&2; exit 3"
      const ran = await kubectl(["exec", "-i", "box", "-c", "main", "--", "sh", "-c", script], "in\n", env)
      expect(ran).toEqual({ code: 3, out: "in\n", err: "err\ncommand terminated with exit code 3\n" })
    })

    test("forwards a port until it is stopped", async () => {
      const child = spawn("kubectl", ["port-forward", "pod/box", ":8080"], options(env))
      const [line] = (await once(child.stdout, "data")) as [Buffer]
      const port = /127\.0\.0\.1:(\d+) -> 8080/.exec(line.toString())?.[1]
      const answers = await Promise.all(
        [1, 2, 3].map(async () => (await fetch(`http://127.0.0.1:${port}/hostname`)).text()),
      )
      child.kill("SIGINT")
      await once(child, "exit")
      expect(answers).toEqual(["box", "box", "box"])
    })
  })

  test("copies files of any bytes and whole folders, there and back", async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256))
    writeFileSync(join(folder, "any.bin"), bytes)
    expect(await kubectl(["cp", "any.bin", "box:/tmp/any.bin", "-c", "main"])).toMatchObject({ code: 0, err: "" })
    expect(await kubectl(["cp", "box:/tmp/any.bin", "back.bin", "-c", "main"])).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, "back.bin")).equals(bytes)).toBe(true)
    await kubectl(["cp", "tree", "box:/tmp", "-c", "main"])
    expect((await kubectl(["exec", "box", "-c", "main", "--", "cat", "/tmp/tree/b/ä.txt"])).out).toBe("two\n")
    expect((await kubectl(["cp", "any.bin", "box:/etc/any.bin", "-c", "main"])).err).toContain("Read-only file system")
  })

  test("runs a pod for one program, and has its exit code from the pod", async () => {
    const once = ["run", "once", "-i", "--rm", "--restart=Never", "--image=busybox:1.36", "-q", "--"]
    const ran = await kubectl([...once, "sh"], "echo $((6*7)); exit 4\n")
    expect(ran).toMatchObject({ code: 4, out: expect.stringContaining("42\n") })
    const logged = served.cluster.log().entries.map(({ input }) => input)
    expect(logged).toContainEqual({
      kind: "exit",
      target: { namespace: "default", pod: "once", container: "once" },
      exitCode: 4,
    })
  })

  test("is told what a node says of a program and of a container that there is not", async () => {
    const { code, err } = await kubectl(["exec", "box", "--", "nosuchcommand"])
    expect(code).toBe(1)
    expect(err).toContain(
      "error: Internal error occurred: Internal error occurred: error executing command in container",
    )
    expect((await kubectl(["exec", "box", "-c", "none", "--", "true"])).err).toContain("container none is not valid")
  })
})
