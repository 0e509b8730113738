import { randomBytes } from "node:crypto"
import { resolve } from "node:path"
import { createCluster, loadBalancerEnvironments } from "@pilotage/embedded-cluster"
import { err, ok, type Result } from "@pilotage/kube-model"
import { type ApiServer, serveApi } from "../cluster/api-server.ts"
import { errorOf, type GivenObject, givenObjects } from "../cluster/given-objects.ts"
import { writeKubeconfig } from "../cluster/kubeconfig-file.ts"
import { servingCertificate } from "../cluster/serving-certificate.ts"
import { followWallClock, systemTime } from "../cluster/wall-clock.ts"
import { type SourceError, sourceErrorText } from "../sources/source-error.ts"
import type { Output } from "../terminal-output.ts"
import type { ClusterStartOptions } from "./cluster-options.ts"

export interface ClusterStartSurroundings {
  readonly folder: string
  readonly output: Output
  readonly stdin: () => Promise<string>
  /** Milliseconds. */
  readonly now: () => number
  /** Resolves when the user wants the command to end: Ctrl-C, or a signal. */
  readonly interrupted: () => Promise<void>
}

const problem = (message: string, fix: string): Result<never, readonly SourceError[]> => err([{ message, fix }])

const clusterOf = (options: ClusterStartOptions, given: readonly GivenObject[]) => {
  const { nodes, nodeNames, seed, loadBalancer, proxyMode } = options
  const count = nodeNames?.length ?? nodes ?? 3
  if (nodes !== undefined && nodes !== count)
    return problem(`--nodes says ${nodes}, --node-names has ${count} names`, "Leave out --nodes.")
  const created = createCluster({
    seed,
    topology: { nodes: count, ...(nodeNames ? { names: nodeNames } : {}), dedicatedControlPlane: count > 1 },
    config: { proxyMode },
    loadBalancerController: loadBalancer,
    objects: given.map(({ object }) => object),
    startTime: systemTime.now(),
  })
  if (created.ok) return ok({ cluster: created.value, count })
  const { path, message } = created.error
  const index = /^objects\[(\d+)\]/.exec(path)?.[1]
  const object = index === undefined ? undefined : given[Number(index)]
  return object ? err([errorOf(object, message)]) : problem(`${path} ${message}`, "Change the option.")
}

/** Safe to paste into a POSIX shell. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

const PORT_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another program",
  EACCES: "may not be used by you",
}

const portProblem = (port: number, cause: unknown): SourceError => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  const why = PORT_PROBLEMS[code] ?? `cannot be listened on: ${cause instanceof Error ? cause.message : String(cause)}`
  return { message: `port ${port} ${why}`, fix: "Give another --port, or 0 for any free one." }
}

/**
 * Runs `pilotage cluster start` until it is interrupted; resolves to the exit code: 0 after an orderly end, 1 when an
 * object of `-f` is refused, a port or a file not to be had.
 */
export const startCluster = async (
  options: ClusterStartOptions,
  { folder, output, stdin, now, interrupted }: ClusterStartSurroundings,
): Promise<number> => {
  const began = now()
  const fail = (errors: readonly SourceError[]): number => {
    output.err(errors.map(sourceErrorText).join(""))
    return 1
  }
  const given = await givenObjects(folder, options.filename ?? [], stdin)
  if (!given.ok) return fail(given.error)
  const made = clusterOf(options, given.value)
  if (!made.ok) return fail(made.error)
  const { cluster, count } = made.value
  const token = randomBytes(32).toString("base64url")
  const certificate = servingCertificate(systemTime.now())
  const clock = followWallClock(cluster, systemTime)
  const onError = (cause: unknown): void =>
    output.err(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`)
  let server: ApiServer
  try {
    server = await serveApi({ cluster, clock, token, certificate, port: options.port, onError })
  } catch (cause) {
    clock.stop()
    return fail([portProblem(options.port, cause)])
  }
  const end = async (): Promise<void> => {
    clock.stop()
    await server.close()
  }
  const url = `https://127.0.0.1:${server.port}`
  const file = writeKubeconfig(options.kubeconfig === undefined ? undefined : resolve(folder, options.kubeconfig), {
    server: url,
    token,
    authority: certificate.certificate,
  })
  if (!file.ok) {
    await end()
    return fail([{ message: file.error, fix: "Name another file with --kubeconfig." }])
  }
  const objects =
    given.value.length > 0 ? `, ${given.value.length} object${given.value.length === 1 ? "" : "s"} applied` : ""
  output.err(
    `A cluster of ${count} node${count === 1 ? "" : "s"} is running (kube-proxy ${options.proxyMode}, load balancer ${options.loadBalancer}, seed ${options.seed}${objects}), after ${Math.round(now() - began)} ms.\n`,
  )
  const price = loadBalancerEnvironments[options.loadBalancer].dollarsPerHour
  if (price !== undefined)
    output.err(
      `In the cloud each Service of type LoadBalancer would cost about $${price} an hour, without its data; here it costs nothing.\n`,
    )
  output.out(`${url}\nexport KUBECONFIG=${quoted(file.value.path)}\n`)
  output.err("Paste the line above into another terminal and use kubectl there. Ctrl-C ends the cluster.\n")
  await interrupted()
  await end()
  file.value.remove()
  output.err("The cluster has ended; nothing of it is left.\n")
  return 0
}
