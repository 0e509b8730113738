import { createRandom, isStream, type JsonValue, type KubeRequest, type KubeStream } from "@pilotage/kube-model"
import type { HistoryLimits } from "../store/history.ts"
import { createStore, type Store, type StoreContents } from "../store/store.ts"
import { type Api, createApi } from "./api.ts"
import type { ApiConfig } from "./strategy.ts"

/** 2026-01-05T09:00:00Z, the start of every lab. */
const START = 1_767_603_600_000

export interface TestApi {
  readonly api: Api
  readonly store: Store
  /** Virtual time; whoever moves it tells `api.watches`. */
  readonly clock: { now: number }
  /** The answer's status and body; a stream is a failure of the test. */
  readonly send: (
    method: KubeRequest["method"],
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => { readonly status: number; readonly body: Record<string, unknown>; readonly warning: string | undefined }
  readonly watch: (path: string, headers?: Readonly<Record<string, string>>) => KubeStream
}

/** An API on an empty store with the namespaces `default`, `kube-system` and `demo`; for tests. */
export const testApi = (
  config: Partial<ApiConfig> = {},
  from: { readonly history?: Partial<HistoryLimits>; readonly contents?: StoreContents } = {},
): TestApi => {
  const random = createRandom(1)
  const clock = { now: START }
  const store = createStore({ random, now: () => clock.now, ...from })
  const api = createApi({
    store,
    random,
    now: () => clock.now,
    commit: store.apply,
    podLogs: (namespace, pod, container) => ({ ok: true, value: `${namespace}/${pod}/${container}\n` }),
    config,
  })
  const send: TestApi["send"] = (method, path, body, headers = {}) => {
    const answer = api.request({ method, path, headers, ...(body === undefined ? {} : { body: body as JsonValue }) })
    if (isStream(answer)) throw new Error(`${method} ${path} answered with a stream`)
    return { status: answer.status, body: answer.body as Record<string, unknown>, warning: answer.headers.warning }
  }
  for (const name of from.contents ? [] : ["default", "kube-system", "demo"])
    send("POST", "/api/v1/namespaces", { metadata: { name } })
  return {
    api,
    store,
    clock,
    send,
    watch(path, headers = {}) {
      const answer = api.request({ method: "GET", path, headers })
      if (!isStream(answer)) throw new Error(`${path} is no stream: ${JSON.stringify(answer.body)}`)
      return answer
    },
  }
}
