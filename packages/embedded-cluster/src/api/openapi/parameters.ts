import type { Schema } from "./schema.ts"

type ParameterType = "string" | "integer" | "boolean"

/** A parameter before it is written for a version of OpenAPI. */
export interface Parameter {
  readonly name: string
  readonly in: "query" | "path"
  readonly type: ParameterType
  readonly description: string
}

const query = (name: string, type: ParameterType, description: string): Parameter => ({
  name,
  in: "query",
  type,
  description,
})

export const NAME = (kind: string): Parameter => ({
  name: "name",
  in: "path",
  type: "string",
  description: `name of the ${kind}`,
})
export const NAMESPACE: Parameter = {
  name: "namespace",
  in: "path",
  type: "string",
  description: "namespace in which to look",
}
export const PRETTY = query("pretty", "string", "Whether the answer is to be indented.")

const DRY_RUN = query("dryRun", "string", "All: do everything but store the result.")
const FIELD_MANAGER = query("fieldManager", "string", "Who makes the change, up to 128 printable characters.")
const FIELD_VALIDATION = query(
  "fieldValidation",
  "string",
  "What to do about unknown and duplicate fields: Ignore, Warn (the default) or Strict.",
)
const FORCE = query("force", "boolean", "Take over fields that others own. Only for apply.")

export const WRITE: readonly Parameter[] = [DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION]
export const PATCH: readonly Parameter[] = [...WRITE, FORCE]

const CONTINUE = query("continue", "string", "Token of an earlier answer, to go on from where it ended.")
const FIELD_SELECTOR = query("fieldSelector", "string", "Only objects whose fields are so.")
const LABEL_SELECTOR = query("labelSelector", "string", "Only objects whose labels are so.")
const LIMIT = query("limit", "integer", "The most objects to answer with; more are got with continue.")
const RESOURCE_VERSION = query("resourceVersion", "string", "What the answer has to be at least as new as.")
const RESOURCE_VERSION_MATCH = query("resourceVersionMatch", "string", "Exact or NotOlderThan.")
const SEND_INITIAL_EVENTS = query(
  "sendInitialEvents",
  "boolean",
  "Begin a watch with the objects there are, then a bookmark.",
)
const SHARD_SELECTOR = query("shardSelector", "string", "Only objects of this shard.")
const TIMEOUT = query("timeoutSeconds", "integer", "Seconds after which the answer ends.")

export const LIST: readonly Parameter[] = [
  query("allowWatchBookmarks", "boolean", "Tell the version from time to time, even if nothing happens."),
  CONTINUE,
  FIELD_SELECTOR,
  LABEL_SELECTOR,
  LIMIT,
  RESOURCE_VERSION,
  RESOURCE_VERSION_MATCH,
  SEND_INITIAL_EVENTS,
  SHARD_SELECTOR,
  TIMEOUT,
  query("watch", "boolean", "Go on with what changes."),
]

export const DELETE: readonly Parameter[] = [
  DRY_RUN,
  query("gracePeriodSeconds", "integer", "Seconds that the object has to end; 0 ends it at once."),
  query("ignoreStoreReadErrorWithClusterBreakingPotential", "boolean", "Delete even what cannot be read."),
  query("orphanDependents", "boolean", "Old form of propagationPolicy."),
  query("propagationPolicy", "string", "What happens to dependents: Orphan, Background or Foreground."),
]

export const DELETE_COLLECTION: readonly Parameter[] = [
  CONTINUE,
  ...DELETE.slice(0, 1),
  FIELD_SELECTOR,
  ...DELETE.slice(1, 3),
  LABEL_SELECTOR,
  LIMIT,
  ...DELETE.slice(3),
  RESOURCE_VERSION,
  RESOURCE_VERSION_MATCH,
  SEND_INITIAL_EVENTS,
  SHARD_SELECTOR,
  TIMEOUT,
]

const CONTAINER = query("container", "string", "Which container; may be left out if there is one.")

/** Parameters of subresources that are no objects. */
export const CONNECTION: Readonly<Record<string, readonly Parameter[]>> = {
  log: [
    CONTAINER,
    query("follow", "boolean", "Go on with what is written."),
    query("insecureSkipTLSVerifyBackend", "boolean", "Trust the kubelet whatever certificate it shows."),
    query("limitBytes", "integer", "The most bytes to answer with."),
    query("previous", "boolean", "The log of the container before its last restart."),
    query("sinceSeconds", "integer", "Only lines that are not older."),
    query("stream", "string", "All, Stdout or Stderr."),
    query("tailLines", "integer", "Only so many lines of the end."),
    query("timestamps", "boolean", "Each line with its time."),
  ],
  attach: [CONTAINER, ...["stderr", "stdin", "stdout", "tty"].map((name) => query(name, "boolean", `Attach ${name}.`))],
  exec: [
    query("command", "string", "The command and, repeated, its arguments."),
    CONTAINER,
    ...["stderr", "stdin", "stdout", "tty"].map((name) => query(name, "boolean", `Attach ${name}.`)),
  ],
  portforward: [query("ports", "integer", "Ports to forward; needed for WebSockets.")],
  proxy: [query("path", "string", "Path of the request to pass on.")],
}

/** As version 3 writes it; version 2 has the type without a schema around it. */
export const writeParameter = (parameter: Parameter, version: 2 | 3): Schema => {
  const { name, in: place, type, description } = parameter
  const required = place === "path" ? { required: true } : {}
  return version === 3
    ? { name, in: place, description, ...required, schema: { type, uniqueItems: true } }
    : { uniqueItems: true, type, description, name, in: place, ...required }
}
