import { PassThrough } from "node:stream"
import { text } from "node:stream/consumers"
import { CoreV1Api, Exec, type V1Status } from "@kubernetes/client-node"
import { describe, expect, test } from "vitest"
import WebSocket from "ws"
import { aMinuteOld, twoContainers } from "../../testing/running-pods.ts"
import { servedBox } from "../../testing/served-box.ts"
import { serveCluster } from "../../testing/served-cluster.ts"

const { served, config } = servedBox()

/** Runs a program in the pod `box` with the real client. */
const exec = async (
  argv: readonly string[],
  options: { container?: string; stdin?: PassThrough; tty?: boolean } = {},
) => {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const said = Promise.all([text(out), text(err)])
  const status = await new Promise<V1Status>((resolve, reject) => {
    new Exec(config)
      .exec(
        "default",
        "box",
        options.container ?? "main",
        [...argv],
        out,
        err,
        options.stdin ?? null,
        options.tty ?? false,
        resolve,
      )
      .catch(reject)
  })
  const [stdout, stderr] = await said
  return { status, stdout, stderr }
}

describe("exec through @kubernetes/client-node", () => {
  test("gives both streams, and the exit code as a cause", async () => {
    expect(await exec(["hostname"])).toMatchObject({ stdout: "box\n", stderr: "", status: { status: "Success" } })
    expect(await exec(["sh", "-c", "echo out; echo err >&2; exit 3"])).toMatchObject({
      stdout: "out\n",
      stderr: "err\n",
      status: { reason: "NonZeroExitCode", details: { causes: [{ reason: "ExitCode", message: "3" }] } },
    })
  })

  test("hands stdin to the program until its end", async () => {
    const stdin = new PassThrough()
    const done = exec(["sh", "-c", "cat; echo end"], { stdin })
    stdin.write("one, ä\n")
    stdin.end("two")
    expect((await done).stdout).toBe("one, ä\ntwoend\n")
  })

  test("knows the container's own program, and says what it does not know", async () => {
    const { status } = await exec(["nosuchcommand"])
    expect(status.message).toContain(
      "Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container",
    )
    expect(status.message).toContain('exec: "nosuchcommand": executable file not found in $PATH')
    await expect(exec(["true"], { container: "nowhere" })).rejects.toThrow()
  })

  test("keeps files between two execs and from one container to the other apart", async () => {
    await exec(["sh", "-c", "echo kept > /tmp/note"])
    expect((await exec(["cat", "/tmp/note"])).stdout).toBe("kept\n")
    expect((await exec(["cat", "/tmp/note"], { container: "side" })).stdout).toBe("")
  })

  test("at a terminal echoes what is typed, and Ctrl-C ends what runs", async () => {
    const stdin = new PassThrough()
    const done = exec(["sh"], { stdin, tty: true })
    stdin.write("echo $((6*7))\r")
    await new Promise((resolve) => setTimeout(resolve, 100))
    stdin.write("sleep 1000\r")
    await new Promise((resolve) => setTimeout(resolve, 100))
    stdin.write("\u0003")
    await new Promise((resolve) => setTimeout(resolve, 100))
    stdin.write("exit 5\r")
    const { stdout, status } = await done
    expect(stdout).toContain("\r\n42\r\n")
    expect(stdout).toContain("^C")
    expect(status).toMatchObject({ details: { causes: [{ message: "5" }] } })
  })

  test("writes what a program asks of the cluster into its log", async () => {
    const pod = await config.makeApiClient(CoreV1Api).readNamespacedPod({ namespace: "default", name: "box" })
    const before = served().cluster.log().entries.length
    const { stdout } = await exec(["curl", "-s", `http://${pod.status?.podIP}:8080/hostname`])
    expect(stdout).toBe("box")
    expect(served().cluster.log().entries.slice(before)).toMatchObject([{ input: { kind: "http" } }])
  })
})

describe("an upgrade", () => {
  const path = "/api/v1/namespaces/default/pods/box/exec"
  const upgrade = (query: string, protocols: readonly string[], headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${served().server.replace("https", "wss")}${path}?${query}`, [...protocols], {
        headers,
        rejectUnauthorized: false,
      })
      socket.on("unexpected-response", async (_, response) =>
        resolve(`${response.statusCode} ${JSON.parse(await text(response)).message}`),
      )
      socket.on("error", () => {})
      socket.on("open", () => {
        resolve(socket.protocol)
        socket.terminate()
      })
    })
  const token = { authorization: "Bearer pass" }
  const good = "command=true&stdout=1&container=main"

  test("needs the token, a protocol that the server speaks, and a good question", async () => {
    expect(await upgrade(good, ["v5.channel.k8s.io"])).toBe("401 Unauthorized")
    expect(await upgrade(good, ["v5.channel.k8s.io"], { ...token, origin: "https://example.com" })).toMatch(/^403/)
    expect(await upgrade(good, ["v9.channel.k8s.io"], token)).toMatch(/^400 unable to upgrade/)
    expect(await upgrade("command=true&stdout=1", ["v4.channel.k8s.io"], token)).toBe(
      "400 a container name must be specified for pod box, choose one of: [main side]",
    )
    expect(await upgrade("command=true&container=main", ["v4.channel.k8s.io"], token)).toBe(
      "400 you must specify at least 1 of stdin, stdout, stderr",
    )
    expect(await upgrade(good, ["v4.channel.k8s.io", "v5.channel.k8s.io"], token)).toBe("v5.channel.k8s.io")
    expect(await upgrade(good, ["v4.channel.k8s.io"], token)).toBe("v4.channel.k8s.io")
  })

  test("is asked for where a plain request comes", async () => {
    expect(await served().ask("GET", `${path}?${good}`)).toMatchObject({
      status: 400,
      body: { message: "Upgrade request required" },
    })
    expect((await served().ask("POST", path.replace("box", "none"))).status).toBe(404)
  })

  test("ends with the server, and what runs then ends too", async () => {
    const other = await serveCluster(aMinuteOld(twoContainers("box")))
    const socket = new WebSocket(
      `${other.server.replace("https", "wss")}${path}?command=sleep&command=1000&stdout=1&container=main`,
      ["v5.channel.k8s.io"],
      { headers: token, rejectUnauthorized: false },
    )
    await new Promise((resolve) => socket.on("open", resolve))
    const closed = new Promise((resolve) => socket.on("close", resolve))
    await other.close()
    expect(await closed).toBe(1001)
  })
})
