import { pathOf, requireType } from "../api/discovery.ts"
import type { Command } from "../command.ts"
import { Failure, plainError } from "../failure.ts"
import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { parseLabels } from "../resources/labels.ts"
import { containerOf } from "../resources/pods.ts"
import { untilSeen } from "../resources/until.ts"
import { checkOutput, createObject, dryRunOf, printDone } from "../resources/writes.ts"
import type { Session } from "../session.ts"
import { GENERATOR_FLAGS, oneName, requireFlags } from "./create-generated.ts"
import { runInContainer } from "./exec.ts"

const merged = (target: JsonRecord, patch: JsonRecord): JsonRecord => {
  const next: Record<string, unknown> = { ...target }
  for (const [field, value] of Object.entries(patch)) {
    const old = next[field]
    if (value === null) delete next[field]
    else next[field] = isRecord(value) && isRecord(old) ? merged(old, value) : value
  }
  return next
}

const overrides = (source: string): JsonRecord => {
  try {
    const parsed: unknown = JSON.parse(source)
    if (isRecord(parsed)) return parsed
  } catch {
    // told below: the words are the same for both
  }
  throw plainError("Invalid JSON Patch")
}

const envOf = (pairs: readonly string[]): readonly JsonRecord[] =>
  pairs.map((pair) => {
    const equals = pair.indexOf("=")
    if (equals < 1) throw plainError(`invalid env: ${pair}`)
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
  })

const podFrom = (session: Session, name: string, words: readonly string[], attached: boolean): JsonRecord => {
  const { flags } = session
  const env = envOf(flags.list("env"))
  const port = flags.text("port")
  const pod: JsonRecord = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { labels: flags.text("labels") === "" ? { run: name } : parseLabels(flags.text("labels")), name },
    spec: {
      containers: [
        {
          ...(words.length > 0 ? (flags.bool("command") ? { command: words } : { args: words }) : {}),
          ...(env.length > 0 ? { env } : {}),
          image: flags.text("image"),
          ...(flags.text("image-pull-policy") === "" ? {} : { imagePullPolicy: flags.text("image-pull-policy") }),
          name,
          ...(port === "" ? {} : { ports: [{ containerPort: Number(port) }] }),
          resources: {},
          ...(flags.bool("stdin") ? { stdin: true, ...(attached ? { stdinOnce: true } : {}) } : {}),
          ...(flags.bool("tty") ? { tty: true } : {}),
        },
      ],
      dnsPolicy: "ClusterFirst",
      restartPolicy: flags.text("restart"),
    },
    status: {},
  }
  return flags.text("overrides") === "" ? pod : merged(pod, overrides(flags.text("overrides")))
}

const serviceFor = (session: Session, pod: JsonRecord, name: string): JsonRecord => {
  const port = Number(session.flags.text("port"))
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { ports: [{ port, protocol: "TCP", targetPort: port }], selector: at(pod, "metadata", "labels") },
    status: { loadBalancer: {} },
  }
}

/** The only container's state, or undefined while there is none to speak of. */
const stateOf = (pod: JsonRecord): JsonRecord | undefined => {
  const [status] = records(at(pod, "status", "containerStatuses"))
  const state = status?.state
  return isRecord(state) && (isRecord(state.running) || isRecord(state.terminated)) ? state : undefined
}

/**
 * What `run -i` shows: the program's own streams while its container runs, else what it wrote before it ended. The
 * container keeps its main process; the program that the learner talks to is started beside it.
 */
const attach = async (session: Session, pod: JsonRecord, words: readonly string[]): Promise<number> => {
  const type = requireType(await session.discovery(), "pods")
  const name = text(at(pod, "metadata", "name"))
  let state: JsonRecord | undefined
  await untilSeen(session, { type, namespace: session.namespace, name }, session.io.cancellation, (sight) => {
    if ("gone" in sight) return true
    state = stateOf(sight.object)
    return state !== undefined
  })
  session.checkInterrupt()
  if (state && isRecord(state.running))
    return runInContainer(session, {
      namespace: session.namespace,
      pod: name,
      container: containerOf(session, pod, "", true),
      argv: words.length > 0 ? words : ["sh"],
      stdin: session.flags.bool("stdin"),
      tty: session.flags.bool("tty"),
    })
  const log = await session.api.send("GET", `${pathOf(type, session.namespace, name)}/log`, { accept: "*/*" })
  session.io.stdout(typeof log === "string" ? log : "")
  const code = Number(at(state, "terminated", "exitCode") ?? 0)
  if (code !== 0)
    throw new Failure(`pod ${session.namespace}/${name} terminated (${text(at(state, "terminated", "reason"))})`, code)
  return 0
}

const removeAfter = async (session: Session, name: string): Promise<void> => {
  const type = requireType(await session.discovery(), "pods")
  await session.api.send("DELETE", pathOf(type, session.namespace, name), {
    // Its program has ended, so there is nothing to be patient with.
    body: { propagationPolicy: "Background", gracePeriodSeconds: 0 },
  })
  session.print(`pod "${name}" deleted from ${session.namespace} namespace`)
}

export const run: Command = {
  name: "run",
  summary: "Start a pod with the given image",
  usage: "NAME --image=image [--port=port] [--env=k=v] [-it] [--rm] [--restart=Never] [--command] [-- args...]",
  flags: [
    ...GENERATOR_FLAGS,
    { name: "image", kind: "string" },
    { name: "image-pull-policy", kind: "string" },
    { name: "port", kind: "string" },
    { name: "env", kind: "array" },
    { name: "labels", short: "l", kind: "string" },
    { name: "restart", kind: "string", default: "Always" },
    { name: "command", kind: "bool" },
    { name: "overrides", kind: "string" },
    { name: "expose", kind: "bool" },
    { name: "attach", kind: "bool" },
    { name: "stdin", short: "i", kind: "bool" },
    { name: "tty", short: "t", kind: "bool" },
    { name: "rm", kind: "bool" },
    { name: "quiet", short: "q", kind: "bool" },
  ],
  async run(session) {
    requireFlags(session, "image")
    const { flags } = session
    const before = session.dash ?? session.args.length
    const [first, ...inline] = session.args.slice(0, before)
    const name = oneName(session, first === undefined ? [] : [first])
    const words = [...inline, ...session.args.slice(before)]
    const attached = flags.changed("attach") ? flags.bool("attach") : flags.bool("stdin") || flags.bool("tty")
    const dryRun = dryRunOf(session)
    if (!["Always", "OnFailure", "Never"].includes(flags.text("restart")))
      throw plainError(`invalid restart policy: ${flags.text("restart")}\nSee 'kubectl run -h' for help and examples`)
    if (flags.bool("rm") && !attached) throw plainError("--rm should only be used for attached containers")
    if (flags.bool("expose") && flags.text("port") === "")
      throw plainError("--port must be set when exposing a service")
    if (attached && dryRun !== "none")
      throw plainError(
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      )
    checkOutput(session)
    const discovery = await session.discovery()
    const pod = podFrom(session, name, words, attached)
    const objects = [
      ...(flags.bool("expose") ? [{ word: "services", object: serviceFor(session, pod, name) }] : []),
      { word: "pods", object: pod },
    ]
    for (const { word, object } of objects) {
      const type = requireType(discovery, word)
      const placed =
        dryRun === "client" && !session.namespaceGiven
          ? object
          : merged(object, { metadata: { namespace: session.namespace } })
      const made =
        dryRun === "client"
          ? placed
          : await createObject(session, type, session.namespace, placed, { manager: "kubectl-run", dryRun })
      if (!attached) printDone(session, type, made, name, "created", dryRun)
    }
    if (!attached) return 0
    try {
      return await attach(session, pod, words)
    } finally {
      if (flags.bool("rm")) await removeAfter(session, name)
    }
  },
}
