import {
  err,
  type KubeAnswer,
  type KubeRequest,
  type PlainKubeRequest,
  type Result,
  type Status,
} from "@pilotage/kube-model"
import type { PodConnection } from "../cluster.ts"
import { askerOf, refusedTo } from "./asker.ts"
import { checkContentType } from "./body.ts"
import type { ApiHooks, Call } from "./call.ts"
import { catalogIn } from "./custom/custom-resources.ts"
import { releaseDefinition } from "./custom/instances.ts"
import { deleteObject, deleteObjects } from "./delete.ts"
import { discover } from "./discovery/discovery.ts"
import { patchObject } from "./patch.ts"
import { isConnection, podConnection, upgradeRequired } from "./pod-connection.ts"
import { podLog } from "./pod-log.ts"
import { queryValues } from "./query-values.ts"
import { getObject, listObjects } from "./read.ts"
import { readableRequest } from "./readable-request.ts"
import { isWatch } from "./reading/list-options.ts"
import { representation } from "./representation.ts"
import { parsePath, type Query, type Target } from "./request-path.ts"
import { answerReview } from "./reviews.ts"
import { scaleObject } from "./scale.ts"
import { badRequest, methodNotAllowed, noSuchResource, statusAnswer } from "./status.ts"
import { strategyOf } from "./strategies.ts"
import type { ApiConfig } from "./strategy.ts"
import { bindPod } from "./virtual/binding.ts"
import { componentStatuses } from "./virtual/component-statuses.ts"
import { evictPod } from "./virtual/eviction.ts"
import { requestToken } from "./virtual/token-request.ts"
import { watchObjects } from "./watch.ts"
import { createWatchHub, type WatchHub } from "./watching/watch-hub.ts"
import { createObject, replaceObject } from "./write.ts"

export interface Api {
  /** Answers a request; never throws on what a client sends. Watches follow the store by themselves. */
  readonly request: (request: KubeRequest) => KubeAnswer
  /** What a request for exec, attach or portforward asks for; never logged, for it changes nothing. */
  readonly connect: (request: KubeRequest) => Result<PodConnection, Status>
  /** Bookmarks and ends of the open watches, which come with time. */
  readonly watches: Pick<WatchHub, "nextDue" | "advanceTo">
}

export type ApiOptions = ApiHooks & {
  readonly config?: Partial<ApiConfig>
  /** Other rules than the server's own: for cases that ask past one of their steps. */
  readonly strategies?: typeof strategyOf
}

/** The address plan of DESIGN §5. */
const DEFAULT_API_CONFIG: ApiConfig = {
  serviceCIDRs: ["10.96.0.0/16"],
  nodePortRange: { from: 30000, to: 32767 },
}

type ResourceTarget = Extract<Target, { readonly kind: "resource" }>

const onCollection = (call: Call): Result<KubeAnswer, Status> => {
  switch (call.method) {
    case "GET":
      return isWatch(call.query) ? watchObjects(call) : listObjects(call)
    case "POST":
      return !call.info.namespaced || call.inNamespace ? createObject(call) : err(methodNotAllowed())
    case "DELETE":
      return call.info.deleteCollection && (!call.info.namespaced || call.inNamespace)
        ? deleteObjects(call)
        : err(methodNotAllowed())
    default:
      return err(methodNotAllowed())
  }
}

const onObject = (call: Call): Result<KubeAnswer, Status> => {
  switch (call.method) {
    case "GET":
      return getObject(call)
    case "PUT":
      return replaceObject(call)
    case "PATCH":
      return patchObject(call)
    case "DELETE":
      return call.subresource === "" ? deleteObject(call) : err(methodNotAllowed())
    default:
      return err(methodNotAllowed())
  }
}

const handle = (call: Call): Result<KubeAnswer, Status> => {
  const refused = refusedTo(call)
  if (refused) return err(refused)
  if (call.method !== "GET") {
    // Whoever could not read the answer changes nothing.
    const shown = representation(call)
    if (!shown.ok) return shown
  }
  if (!isConnection(call) && (call.method === "POST" || call.method === "PUT")) {
    const bad = checkContentType(call.headers["content-type"])
    if (bad) return err(bad)
  }
  if (call.info.stored === "bindings" || call.subresource === "binding") return bindPod(call)
  if (call.info.createOnly) return answerReview(call)
  if (call.info.readOnly) return componentStatuses(call)
  if (call.subresource === "eviction") return evictPod(call)
  if (call.subresource === "token") return requestToken(call)
  if (call.subresource === "scale") return scaleObject(call)
  if (call.subresource === "log") return podLog(call)
  if (isConnection(call)) {
    const asked = podConnection(call, () => [])
    return err(asked.ok ? upgradeRequired() : asked.error)
  }
  return call.name === "" ? onCollection(call) : onObject(call)
}

export const createApi = ({ config, strategies = strategyOf, ...hooks }: ApiOptions): Api => {
  const watches = createWatchHub(hooks.store)
  const callOf = (target: ResourceTarget, query: Query, given: PlainKubeRequest): Call => ({
    ...target,
    method: given.method,
    strategy: target.info.custom?.strategy ?? strategies(target.info.stored),
    query,
    headers: given.headers ?? {},
    body: given.body,
    asker: askerOf(given.headers ?? {}),
    hooks,
    watches,
    config: { ...DEFAULT_API_CONFIG, ...config },
  })
  const request: Api["request"] = (given) => {
    const readable = readableRequest(given)
    if (!readable.ok) return statusAnswer(readable.error)
    const { method, path, headers = {} } = readable.value
    const catalog = catalogIn(hooks.store)
    const { target, query } = parsePath(path, catalog)
    if (target.kind === "discovery")
      return discover({ catalog, store: hooks.store }, target.path, { method, query, headers })
    if (target.kind === "no-resource") return statusAnswer(noSuchResource())
    const call = callOf(target, query, readable.value)
    const done = handle(call)
    if (target.info.custom && method !== "GET") releaseDefinition(call)
    return done.ok ? done.value : statusAnswer(done.error)
  }
  const connect: Api["connect"] = (given) => {
    const { target, query } = parsePath(given.path)
    if (target.kind !== "resource") return err(noSuchResource())
    const { body: _, ...plain } = given
    const call = callOf(target, query, plain)
    const refused = refusedTo(call)
    if (refused) return err(refused)
    return isConnection(call)
      ? podConnection(call, (key) => queryValues(given.path, key))
      : err(badRequest("this resource takes no upgrade"))
  }
  return { request, connect, watches }
}
