import { err, formatTime, type KubeStream, ok, type Result, type Status } from "@pilotage/kube-model"
import type { LogOptions } from "../api/call.ts"
import { badRequest } from "../api/status.ts"
import { byteLength } from "../images/http-text.ts"
import { logKey } from "../kubelet/kubelet.ts"
import type { KubeletState, LogLine } from "../kubelet/kubelet-state.ts"
import type { StoreView } from "../store-types.ts"

export interface PodLogs {
  readonly read: (
    namespace: string,
    pod: string,
    container: string,
    options: LogOptions,
  ) => Result<string | KubeStream, Status>
  /** Hands followers what has been written since. */
  readonly flush: () => void
}

interface Follower {
  readonly key: string
  /** Lines seen, counted from the container's start. */
  seen: number
  emit: ((text: string) => void) | undefined
  end: () => void
  readonly format: (line: LogLine) => string
}

const format =
  (options: LogOptions) =>
  (line: LogLine): string =>
    options.timestamps
      ? `${formatTime(line.at).replace("Z", "")}.${String(line.at % 1000).padStart(3, "0")}000000Z ${line.text}\n`
      : `${line.text}\n`

const select = (lines: readonly LogLine[], options: LogOptions, now: number): string => {
  const { tailLines, sinceSeconds, limitBytes } = options
  const recent = sinceSeconds === undefined ? lines : lines.filter((line) => line.at >= now - sinceSeconds * 1000)
  const tail = tailLines === undefined ? recent : tailLines === 0 ? [] : recent.slice(-tailLines)
  const text = tail.map(format(options)).join("")
  return limitBytes !== undefined && byteLength(text) > limitBytes ? text.slice(0, limitBytes) : text
}

interface LogParts {
  readonly view: StoreView
  readonly kubelets: KubeletState
  readonly clock: { readonly now: number }
}

export const createPodLogs = ({ view, kubelets, clock }: LogParts): PodLogs => {
  const followers = new Set<Follower>()
  const written = (lines: readonly LogLine[]): readonly LogLine[] => lines.filter((line) => line.at <= clock.now)

  const follow = (key: string, options: LogOptions): KubeStream => {
    const log = kubelets.logs.get(key) ?? { dropped: 0, lines: [] }
    const now = written(log.lines)
    let backlog = select(now, options, clock.now)
    const follower: Follower = {
      key,
      seen: log.dropped + now.length,
      emit: undefined,
      end: () => {},
      format: format(options),
    }
    followers.add(follower)
    return {
      status: 200,
      headers: { "content-type": "text/plain" },
      subscribe(chunk, end) {
        follower.emit = chunk
        follower.end = end
        if (backlog !== "") chunk(backlog)
        backlog = ""
        flush()
      },
      close: () => followers.delete(follower),
    }
  }

  const flush = (): void => {
    for (const follower of [...followers]) {
      if (!follower.emit) continue
      const log = kubelets.logs.get(follower.key)
      const now = log ? written(log.lines) : []
      const total = (log?.dropped ?? 0) + now.length
      // A restarted container begins its log anew.
      const fresh = total < follower.seen ? [] : now.slice(Math.max(0, now.length - (total - follower.seen)))
      if (fresh.length > 0) follower.emit(fresh.map(follower.format).join(""))
      const hasRestarted = total < follower.seen
      follower.seen = total
      if (!log || hasRestarted) {
        followers.delete(follower)
        follower.end()
      }
    }
  }

  return {
    flush,
    read(namespace, pod, container, options) {
      const object = view.get("pods", namespace, pod)
      const run = kubelets.runs.get(`${namespace}/${pod}`)
      const each = [...(run?.init ?? []), ...(run?.containers ?? [])].find((one) => one.name === container)
      const key = logKey(object?.metadata.uid, container)
      const log = kubelets.logs.get(key)
      if (options.previous) {
        if (!log?.previous)
          return err(badRequest(`previous terminated container "${container}" in pod "${pod}" not found`))
        return ok(select(log.previous, options, clock.now))
      }
      if (!log) {
        const why =
          each?.state === "pull-failed"
            ? "trying and failing to pull image"
            : (object?.spec.initContainers ?? []).length > 0
              ? "PodInitializing"
              : "ContainerCreating"
        if (!object?.spec.nodeName) return ok("")
        return err(badRequest(`container "${container}" in pod "${pod}" is waiting to start: ${why}`))
      }
      return ok(
        options.follow && each?.state === "running"
          ? follow(key, options)
          : select(written(log.lines), options, clock.now),
      )
    },
  }
}
