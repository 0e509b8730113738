import { createCancellation } from "@pilotage/kube-model"
import { chunksOf } from "../api/streams.ts"
import type { Command } from "../command.ts"
import { isNotFound, plainError } from "../failure.ts"
import { SELECTOR } from "../flags/flag-groups.ts"
import { at, type JsonRecord, text } from "../json-value.ts"
import { containerNames, containerOf, podFor, podsWith } from "../resources/pods.ts"
import { oneObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"

interface Source {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

const WAIT_MS = 20_000

/** kubectl logs says where it looked, and in small letters (polymorphichelpers). */
const findPod = async (session: Session): Promise<JsonRecord> => {
  try {
    const live = await oneObject(session, session.args.slice(0, 1), "pods")
    const { pod, among } = await podFor(session, live, session.flags.number("pod-running-timeout") || WAIT_MS)
    if (among > 1) session.printError(`Found ${among} pods, using pod/${text(at(pod, "metadata", "name"))}`)
    return pod
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw plainError(`error from server (NotFound): ${error.status.message} in namespace "${session.namespace}"`)
  }
}

const sourcesOf = (session: Session, pod: JsonRecord): readonly Source[] => {
  const place = {
    namespace: text(at(pod, "metadata", "namespace")) || session.namespace,
    pod: text(at(pod, "metadata", "name")),
  }
  if (session.flags.bool("all-containers")) return containerNames(pod).map((container) => ({ ...place, container }))
  return [{ ...place, container: containerOf(session, pod, session.flags.text("container"), false) }]
}

const queryFor = (session: Session, container: string): Readonly<Record<string, string>> => {
  const { flags } = session
  const tail = flags.changed("tail") ? flags.number("tail") : flags.text("selector") === "" ? -1 : 10
  return {
    container,
    ...(flags.bool("follow") ? { follow: "true" } : {}),
    ...(flags.bool("previous") ? { previous: "true" } : {}),
    ...(flags.bool("timestamps") ? { timestamps: "true" } : {}),
    ...(flags.number("since") > 0 ? { sinceSeconds: String(Math.ceil(flags.number("since") / 1000)) } : {}),
    ...(flags.text("since-time") === "" ? {} : { sinceTime: flags.text("since-time") }),
    ...(tail >= 0 ? { tailLines: String(tail) } : {}),
    ...(flags.number("limit-bytes") > 0 ? { limitBytes: String(flags.number("limit-bytes")) } : {}),
  }
}

/** Passes text on line by line with a prefix; what has no line end yet waits for it. */
const prefixed = (
  prefix: string,
  write: (text: string) => void,
): { write: (text: string) => void; end: () => void } => {
  if (prefix === "") return { write, end() {} }
  let rest = ""
  return {
    write(chunk) {
      const lines = (rest + chunk).split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) write(`${prefix}${line}\n`)
    },
    end() {
      if (rest !== "") write(prefix + rest)
    },
  }
}

const copy = async (session: Session, source: Source, stop: ReturnType<typeof createCancellation>): Promise<void> => {
  const path = `/api/v1/namespaces/${encodeURIComponent(source.namespace)}/pods/${encodeURIComponent(source.pod)}/log`
  const prefix = session.flags.bool("prefix") ? `[pod/${source.pod}/${source.container}] ` : ""
  const out = prefixed(prefix, session.io.stdout)
  const stream = await session.api.stream(path, { query: queryFor(session, source.container), accept: "*/*" })
  for await (const chunk of chunksOf(stream, stop)) if (typeof chunk === "string") out.write(chunk)
  out.end()
}

const allSources = async (session: Session): Promise<readonly Source[]> => {
  const selector = session.flags.text("selector")
  if (selector === "") {
    if (session.args.length === 0)
      throw plainError(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples",
      )
    return sourcesOf(session, await findPod(session))
  }
  if (session.args.length > 0) throw plainError("only a selector (-l) or a POD name is allowed")
  const pods = await podsWith(session, session.namespace, selector)
  return pods.flatMap((pod) => sourcesOf(session, pod))
}

export const logs: Command = {
  name: "logs",
  summary: "Print what a container wrote",
  usage: "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
  completes: "pods",
  flags: [
    SELECTOR,
    { name: "follow", short: "f", kind: "bool" },
    { name: "container", short: "c", kind: "string" },
    { name: "previous", short: "p", kind: "bool" },
    { name: "tail", kind: "int", default: "-1" },
    { name: "since", kind: "duration", default: "0s" },
    { name: "since-time", kind: "string" },
    { name: "timestamps", kind: "bool" },
    { name: "prefix", kind: "bool" },
    { name: "all-containers", kind: "bool" },
    { name: "all-pods", kind: "bool" },
    { name: "ignore-errors", kind: "bool" },
    { name: "limit-bytes", kind: "int", default: "0" },
    { name: "max-log-requests", kind: "int", default: "5" },
    { name: "pod-running-timeout", kind: "duration", default: "20s" },
  ],
  async run(session) {
    const [first = "", second] = session.args
    if (second !== undefined && session.flags.changed("container"))
      throw plainError("only one of -c or an inline [CONTAINER] arg is allowed")
    if (second !== undefined)
      throw plainError(
        `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples`,
      )
    const sources = await allSources(session)
    if (sources.length === 0) {
      session.printError(`No resources found in ${session.namespace} namespace.`)
      return 0
    }
    const stop = createCancellation()
    const silence = session.io.cancellation.onCancel(() => stop.cancel())
    try {
      if (session.flags.bool("follow") && sources.length > 1) {
        const limit = session.flags.number("max-log-requests")
        if (sources.length > limit)
          throw plainError(
            `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
          )
        await Promise.all(sources.map((source) => copy(session, source, stop)))
      } else for (const source of sources) await copy(session, source, stop)
    } catch (error) {
      stop.cancel()
      if (isNotFound(error) && first !== "")
        throw plainError(`error from server (NotFound): ${error.status.message} in namespace "${session.namespace}"`)
      throw error
    } finally {
      silence()
    }
    session.checkInterrupt()
    return 0
  },
}
