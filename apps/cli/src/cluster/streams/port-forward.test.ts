import { createServer, type Server, type Socket } from "node:net"
import { PassThrough } from "node:stream"
import { text } from "node:stream/consumers"
import { PortForward } from "@kubernetes/client-node"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import WebSocket from "ws"
import { servedBox } from "../../testing/served-box.ts"

const { served, config } = servedBox()

describe("port-forward through @kubernetes/client-node", () => {
  let local: Server
  const failures = new PassThrough()
  beforeAll(async () => {
    local = createServer((socket: Socket) => {
      void new PortForward(config).portForward("default", "box", [8080], socket, failures, socket)
    })
    await new Promise<void>((resolve) => local.listen(0, "127.0.0.1", resolve))
  })
  afterAll(() => local.close())

  test("carries requests to the pod and answers back, one connection several of them", async () => {
    const address = local.address()
    const port = typeof address === "object" ? address?.port : 0
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
    expect(await ask("/hostname")).toBe("box")
    expect(await ask("/echo?msg=again")).toBe("again")
    // What the process sees comes from inside the pod.
    expect(await ask("/clientip")).toMatch(/^127\.0\.0\.1:\d+$/)
  })

  test("says why a port takes no connection", async () => {
    const [output, errors, input] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const said = new Promise<string>((resolve) => errors.once("data", (bytes: Buffer) => resolve(bytes.toString())))
    await new PortForward(config).portForward("default", "box", [9], output, errors, input)
    expect(await said).toMatch(
      /^error forwarding port 9 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace .*connection refused $/,
    )
  })
})

describe("port-forward through a tunnel", () => {
  const open = (protocol: string) =>
    new WebSocket(`${served().server.replace("https", "wss")}/api/v1/namespaces/default/pods/box/portforward`, {
      headers: { authorization: "Bearer pass", "sec-websocket-protocol": protocol },
      rejectUnauthorized: false,
    })
  const TUNNEL = "SPDY/3.1+portforward.k8s.io"

  const tunnel = async () => {
    const socket = open(TUNNEL)
    // The library that the test uses finds that no protocol was asked for.
    const response = await new Promise<string>((resolve) => {
      socket.on("upgrade", ({ headers }) => resolve(String(headers["sec-websocket-protocol"])))
      socket.on("error", () => {})
    })
    return { socket, response }
  }

  test("is agreed to by the name that Kubernetes has for it", async () => {
    const { socket, response } = await tunnel()
    expect(response).toBe(TUNNEL)
    socket.terminate()
  })

  test("is refused when the client speaks something else", async () => {
    const socket = open("v9.channel.k8s.io")
    const refused = new Promise<string>((resolve) => {
      socket.on("unexpected-response", async (_, answer) => resolve(await text(answer)))
      socket.on("error", () => {})
    })
    expect(await refused).toContain("unable to upgrade: the client takes none of the protocols v4.channel.k8s.io")
  })
})
