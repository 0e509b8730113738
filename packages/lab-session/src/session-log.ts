import { type Cluster, ENGINE_VERSION, type InputLog, replayCluster } from "@pilotage/embedded-cluster"
import { err, isStream, ok, type Result } from "@pilotage/kube-model"
import type { LabBrief } from "@pilotage/lab-kit"
import { z } from "zod"
import { labClusterOptions } from "./lab-cluster.ts"

/** A learner's session as it is stored and sent: the inputs, and a mark of the state that they led to. */
export interface SessionLog {
  readonly labVersion: string
  readonly seed: number
  readonly inputs: InputLog
  /** `sessionMark` of the cluster at the end of the log. */
  readonly mark: string
}

/** Why a log is not accepted. */
export type LogErrorCode = "too-large" | "malformed" | "engine-version" | "lab-version" | "too-long" | "diverged"

export interface LogError {
  readonly code: LogErrorCode
  readonly message: string
}

export interface LogLimits {
  /** Characters of JSON. */
  readonly size: number
  readonly entries: number
  /** Virtual time. */
  readonly durationMs: number
}

/** 1 MiB, 20,000 inputs, 24 hours of the cluster's time. */
export const defaultLogLimits: LogLimits = { size: 1_048_576, entries: 20_000, durationMs: 86_400_000 }

/** The store's revision, as every list answers it. */
const revisionOf = (cluster: Cluster): string => {
  const answer = cluster.request({ method: "GET", path: "/api/v1/namespaces?limit=1" })
  if (isStream(answer)) throw new Error("a list is no stream")
  return (answer.body as { readonly metadata: { readonly resourceVersion: string } }).metadata.resourceVersion
}

/** A state in one line: time, revision, generator and requests. Two clusters of one lab and seed with the same mark went the same way. */
const sessionMark = (cluster: Cluster): string => {
  const { now, random } = cluster.snapshot()
  const requests = cluster.exchanges()
  const last = requests.at(-1)?.outcome
  const outcome = last === undefined ? "none" : last.kind === "response" ? last.status : last.exitCode
  return [now, revisionOf(cluster), ...random, requests.length, outcome].join(".")
}

export const recordSession = (lab: LabBrief, seed: number, cluster: Cluster): SessionLog => ({
  labVersion: lab.version,
  seed,
  inputs: cluster.log(),
  mark: sessionMark(cluster),
})

const origin = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pod"), namespace: z.string(), name: z.string() }),
  z.strictObject({ kind: z.literal("node"), name: z.string() }),
  z.strictObject({ kind: z.literal("outside"), ip: z.string() }),
  z.strictObject({ kind: z.literal("node-network"), ip: z.string() }),
])

const texts = z.record(z.string(), z.string())

const input = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("request"),
    request: z.strictObject({
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
      path: z.string(),
      headers: texts.optional(),
      body: z.json().optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal("http"),
    from: origin,
    request: z.strictObject({
      method: z.string(),
      url: z.string(),
      headers: texts.optional(),
      body: z.string().optional(),
      maxTimeMs: z.number().positive().optional(),
      connectTimeoutMs: z.number().positive().optional(),
    }),
  }),
  z.strictObject({
    kind: z.literal("exit"),
    target: z.strictObject({ namespace: z.string(), pod: z.string(), container: z.string().optional() }),
    exitCode: z.number().int().min(0).max(255),
  }),
  z.strictObject({
    kind: z.literal("dial"),
    from: origin,
    request: z.strictObject({
      host: z.string(),
      port: z.number().int().min(1).max(65535),
      protocol: z.enum(["TCP", "UDP"]),
      payload: z.string().optional(),
      timeoutMs: z.number().positive().optional(),
    }),
  }),
])

const sessionLog = z.strictObject({
  labVersion: z.string(),
  seed: z.number().int().min(0).max(0xffffffff),
  inputs: z.strictObject({
    engine: z.string(),
    entries: z.array(z.strictObject({ at: z.number(), input })),
    until: z.number(),
  }),
  mark: z.string(),
})

const refuse = (code: LogErrorCode, message: string): Result<never, LogError> => err({ code, message })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a log as it was sent. Versions are compared before anything else in it is believed. */
export const parseSessionLog = (
  lab: LabBrief,
  text: string,
  limits: LogLimits = defaultLogLimits,
): Result<SessionLog, LogError> => {
  if (text.length > limits.size)
    return refuse(
      "too-large",
      `The log has ${text.length} characters; at most ${limits.size} are taken. Reset the lab.`,
    )
  const parsed = sessionLog.safeParse(parseJson(text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : ""
    return refuse("malformed", `The log cannot be read${where}: ${issue?.message ?? "it is no session log"}.`)
  }
  const log = parsed.data as SessionLog
  if (log.inputs.engine !== ENGINE_VERSION)
    return refuse(
      "engine-version",
      `The log was written by engine ${log.inputs.engine}, the server runs ${ENGINE_VERSION}. Reload the page.`,
    )
  if (log.labVersion !== lab.version)
    return refuse("lab-version", "The lab has changed since you started it. Reload the page and reset the lab.")
  if (log.inputs.entries.length > limits.entries)
    return refuse("too-long", `The log has more than ${limits.entries} inputs. Reset the lab.`)
  return ok(log)
}

/** Replays a log from the lab's start. An error when it asks for too much or does not lead to the state it claims. */
export const replaySession = (
  lab: LabBrief,
  log: SessionLog,
  limits: LogLimits = defaultLogLimits,
): Result<Cluster, LogError> => {
  const replayed = replayCluster(labClusterOptions(lab, log.seed), log.inputs, limits)
  if (!replayed.ok)
    return refuse("malformed", `The log cannot be replayed: ${replayed.error.path} ${replayed.error.message}.`)
  if (sessionMark(replayed.value) !== log.mark)
    return refuse("diverged", "The log does not lead to the state that it claims. Reload the page and try again.")
  return replayed
}
