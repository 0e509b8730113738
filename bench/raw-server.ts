/** `node raw-server.ts`: the least that a server can do: reads a request to its end and says `{}`. Prints its port. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

const server = createServer((request, response) => {
  request.resume().on("end", () => response.end("{}"))
})
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port))
