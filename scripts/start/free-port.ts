import { createServer } from "node:net"
import { OperatorError } from "../../apps/lab-runner/src/operator-error.ts"

const tryPort = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once("error", (error) => resolve("code" in error ? String(error.code) : error.message))
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)))
  })

/** Throws an OperatorError when something listens on this port of 127.0.0.1, or nobody may. */
export const requireFreePort = async (port: number): Promise<void> => {
  const reason = await tryPort(port)
  if (reason === undefined) return
  throw new OperatorError(
    reason === "EADDRINUSE"
      ? `Port ${port} is in use. Stop what uses it or choose another: PORT=${port + 1}.`
      : `Port ${port} cannot be used (${reason}). Choose another with PORT.`,
  )
}
