/** `pnpm judge:cluster`: real curls in a real cluster, compared with what `pilotage trace` says of them. */
import { randomBytes } from "node:crypto"
import { Command, InvalidArgumentError } from "commander"
import { type CheckClient, insideClients, outsideClient } from "./clients.ts"
import { compareTries } from "./comparison.ts"
import { curlScript, readTries } from "./curls.ts"
import { destinations } from "./destinations.ts"
import { kubectlOf, run } from "./kubectl.ts"
import { deleteNamespace, makeNamespace, readNamespace } from "./namespace.ts"
import { type Checked, reportText } from "./report-text.ts"
import { traceQuestion } from "./trace-question.ts"

interface Options {
  readonly kubeconfig: string
  readonly context?: string
  readonly image: string
  readonly outside: readonly CheckClient[]
  readonly keep?: true
  readonly networkPolicies?: string
  readonly output?: "json"
}

const client = (text: string, before: readonly CheckClient[] = []): readonly CheckClient[] => {
  const found = outsideClient(text)
  if (!found) throw new InvalidArgumentError("Write outside:IP=COMMAND or container:IP=COMMAND.")
  return [...before, found]
}

const check = async ({
  kubeconfig,
  context,
  image,
  outside,
  keep,
  networkPolicies,
  output,
}: Options): Promise<number> => {
  const access = ["--kubeconfig", kubeconfig, ...(context === undefined ? [] : ["--context", context])]
  const kubectl = kubectlOf(["kubectl", ...access])
  const namespace = `pilotage-check-${randomBytes(3).toString("hex")}`
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const tidy = async () => {
    if (keep) say(`Kept: kubectl delete namespace ${namespace}`)
    else await deleteNamespace(kubectl, namespace).catch((cause) => say(String(cause)))
  }
  process.once("SIGINT", () => void tidy().finally(() => process.exit(130)))
  say(`Making namespace ${namespace}.`)
  try {
    await makeNamespace(kubectl, namespace, image)
    const cluster = await readNamespace(kubectl, namespace)
    const clients = [...insideClients(cluster, ["kubectl", ...access]), ...outside]
    const asked = destinations(cluster)
    say(`${clients.length} clients ask ${asked.length} destinations.`)
    const curled = await Promise.all(
      clients.map(async ({ from, command }) => {
        const { out, err } = await run([...command, "sh", "-c", curlScript(asked)])
        const tries = readTries(out)
        if (tries.size < asked.length) throw new Error(`${from} asked ${tries.size} of them only: ${err.trim()}`)
        return tries
      }),
    )
    say("Tracing the same.")
    const trace = traceQuestion([
      ...access,
      "--namespace",
      namespace,
      ...(networkPolicies === undefined ? [] : ["--network-policies", networkPolicies]),
    ])
    const checked: Checked[] = []
    for (const [which, { from }] of clients.entries())
      for (const [index, { to, what }] of asked.entries()) {
        const traced = await trace(from, to)
        const compared = compareTries(
          traced,
          curled[which]?.get(index) ?? [],
          ({ pod, ip }) => cluster.pods.get(pod ?? "")?.hostname ?? ip,
        )
        checked.push({ from, to, what, ...compared })
      }
    process.stdout.write(output === "json" ? `${JSON.stringify(checked, null, 2)}\n` : reportText(checked))
    return checked.some(({ kind }) => kind === "differ") ? 1 : 0
  } finally {
    await tidy()
  }
}

await new Command("judge:cluster")
  .description("compare pilotage trace with curl in a real cluster, in a namespace of its own")
  // Never the cluster that somebody happens to be logged in to.
  .requiredOption("--kubeconfig <file>", "the cluster; nothing else is ever asked")
  .option("--context <name>", "a context of that file; default: its current one")
  .option("--image <image>", "agnhost with curl", "registry.k8s.io/e2e-test-images/agnhost:2.63.0")
  .option(
    "--outside <client=command>",
    "a machine that is no node: container:172.18.0.9=docker exec outside",
    client,
    [],
  )
  .option("--keep", "leave the namespace there")
  .option("--network-policies <what>", "passed on to pilotage trace: enforced or ignored")
  .option("-o, --output <format>", "json: every question with both answers")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(async (options: Options) => {
    try {
      process.exitCode = await check(options)
    } catch (cause) {
      process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
      process.exitCode = 2
    }
  })
  .parseAsync()
