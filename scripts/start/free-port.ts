import { createServer } from "node:net"
import { OperatorError } from "../../apps/lab-runner/src/operator-error.ts"

/** A machine without IPv6 has no ::1, and needs none. */
const ABSENT = ["EADDRNOTAVAIL", "EAFNOSUPPORT"]

/** Why nobody can listen there; undefined: one can. */
const tryPort = (port: number, host: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once("error", (error) => resolve("code" in error ? String(error.code) : error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })

/** Throws an OperatorError when something listens on this port of a loopback address, or nobody may. */
export const requireFreePort = async (port: number): Promise<void> => {
  const ipv6 = await tryPort(port, "::1")
  const reason = (await tryPort(port, "127.0.0.1")) ?? (ABSENT.includes(ipv6 ?? "") ? undefined : ipv6)
  if (reason === undefined) return
  throw new OperatorError(
    reason === "EADDRINUSE"
      ? `Port ${port} is in use. Stop what uses it or choose another: PORT=${port + 1}.`
      : `Port ${port} cannot be used (${reason}). Choose another with PORT.`,
  )
}
