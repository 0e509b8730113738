import { isPodTerminal, type Node, type Pod } from "@pilotage/kube-model"
import type { ListeningSocket } from "@pilotage/routing-core"
import {
  type Controller,
  type ControllerContext,
  keyOf,
  NOTHING,
  type Outcome,
  type Report,
  splitKey,
} from "../engine/controller.ts"
import { behaviourOf } from "../images/registry.ts"
import { processEnvironment } from "../machines/container-environment.ts"
import type { StoreEvent, Write } from "../store-types.ts"
import { type StepContext, stop } from "./container-end.ts"
import { freshRuns, nextOf, stepContainer } from "./container-step.ts"
import { type KubeletState, releaseAddress, startLog, takeAddress } from "./kubelet-state.ts"
import { isMirror } from "./mirror-pods.ts"
import type { ContainerRun, PodRun } from "./pod-run.ts"
import { podStatus } from "./pod-status.ts"
import { openSockets } from "./probe.ts"

export const logKey = (uid: string | undefined, container: string): string => `${uid ?? ""}/${container}`

/** Sockets that are open in a pod now. */
export const podSockets = (pod: Pod, run: PodRun | undefined, now: number): readonly ListeningSocket[] =>
  run === undefined || run.uid !== pod.metadata.uid
    ? []
    : pod.spec.containers.flatMap((container, index) => {
        const each = run.containers[index]
        const behaviour = each?.state === "running" ? behaviourOf(container) : undefined
        return behaviour && each?.startedAt !== undefined ? openSockets(behaviour, each.startedAt, now) : []
      })

const nodeIP = (node: Node | undefined): string =>
  node?.status?.addresses?.find((address) => address.type === "InternalIP")?.address ?? ""

const isDone = (run: ContainerRun): boolean => run.state === "exited" && run.exit?.code === 0

/** Init containers one after another, then all the others. */
const stepPod = (pod: Pod, run: PodRun, context: Omit<StepContext, "isInit">): PodRun => {
  const initSpecs = pod.spec.initContainers ?? []
  const init = [...run.init]
  let isInitialized = true
  for (const [index, container] of initSpecs.entries()) {
    const before = init[index]
    if (!before || !isInitialized) continue
    const begun = before.state === "waiting" && before.at === undefined ? { ...before, at: context.now } : before
    const after = isDone(begun) ? begun : stepContainer(container, begun, { ...context, isInit: true })
    init[index] = after
    isInitialized = isDone(after) || (container.restartPolicy === "Always" && after.state === "running")
  }
  const startMs = 420 + context.random.below(300)
  const containers = pod.spec.containers.flatMap((container, index) => {
    const before = run.containers[index]
    if (!before) return []
    if (!isInitialized) return [before]
    const isNew = before.state === "waiting" && before.at === undefined
    return [
      isNew
        ? { ...before, at: context.now + startMs }
        : stepContainer(container, before, { ...context, isInit: false }),
    ]
  })
  return { ...run, init, containers }
}

const terminate = (pod: Pod, run: PodRun, now: number, report: StepContext["report"]): PodRun => {
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000
  const specs = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
  const halt = (each: ContainerRun): ContainerRun => {
    const spec = specs.find((container) => container.name === each.name)
    if (!spec || each.state !== "running") return each
    if (!run.killing) report("Killing", `Stopping container ${each.name}`, "Normal", each.name)
    return stop(spec, each, graceMs, now)
  }
  return { ...run, killing: true, init: run.init.map(halt), containers: run.containers.map(halt) }
}

const isQuiet = (run: PodRun): boolean => [...run.init, ...run.containers].every((each) => each.state !== "running")

const nextDue = (pod: Pod, run: PodRun, now: number): number => {
  const times = [run.removeAt ?? Number.POSITIVE_INFINITY]
  if (run.ip === undefined) times.push(run.sandboxAt)
  const specs = pod.spec.initContainers ?? []
  for (const [index, each] of run.init.entries()) if (specs[index]) times.push(nextOf(specs[index], each, now))
  for (const [index, each] of run.containers.entries()) {
    const spec = pod.spec.containers[index]
    if (spec) times.push(nextOf(spec, each, now))
  }
  return Math.min(...times.filter((time) => time > now), Number.POSITIVE_INFINITY)
}

const forget = (state: KubeletState, key: string): void => {
  const run = state.runs.get(key)
  if (!run) return
  releaseAddress(state, run.ip, key)
  state.runs.delete(key)
  for (const each of [...run.init, ...run.containers]) state.logs.delete(logKey(run.uid, each.name))
}

/** A static pod runs on when its mirror is deleted: the next mirror shows the same containers. */
const showAgain = (state: KubeletState, key: string, run: PodRun, uid: string): void => {
  for (const each of [...run.init, ...run.containers]) {
    const log = state.logs.get(logKey(run.uid, each.name))
    state.logs.delete(logKey(run.uid, each.name))
    if (log) state.logs.set(logKey(uid, each.name), log)
  }
  state.runs.set(key, { ...run, uid })
}

const reconcile = ({ view, now, random }: ControllerContext, key: string, state: KubeletState): Outcome => {
  const { namespace, name } = splitKey(key)
  const pod = view.get("pods", namespace, name)
  const known = state.runs.get(key)
  if (known && known.uid !== pod?.metadata.uid) {
    if (!known.isStatic) forget(state, key)
    else if (pod) showAgain(state, key, known, pod.metadata.uid ?? "")
  }
  const node = pod?.spec.nodeName ? view.get("nodes", "", pod.spec.nodeName) : undefined
  if (!pod || !node) return NOTHING
  let run: PodRun = state.runs.get(key) ?? {
    uid: pod.metadata.uid ?? "",
    sandboxAt: now + 450 + random.below(250),
    init: freshRuns(pod.spec.initContainers ?? []),
    containers: freshRuns(pod.spec.containers),
    ...(isMirror(pod) ? { isStatic: true } : {}),
  }
  if (run.isStatic && pod.metadata.deletionTimestamp !== undefined)
    return { writes: [{ kind: "remove", resource: "pods", namespace, name }] }
  const reports: Report[] = []
  const report: StepContext["report"] = (reason, message, type, container) =>
    reports.push({
      about: pod,
      ...(container === undefined
        ? {}
        : {
            fieldPath: `spec.${pod.spec.containers.some((each) => each.name === container) ? "containers" : "initContainers"}{${container}}`,
          }),
      type,
      reason,
      message,
      component: "kubelet",
      host: node.metadata.name,
    })
  const isGoing = pod.metadata.deletionTimestamp !== undefined
  if (run.ip === undefined && run.sandboxAt <= now && !isGoing) {
    const ip = pod.spec.hostNetwork
      ? nodeIP(node)
      : takeAddress(state, node.metadata.name, node.spec?.podCIDR ?? "", key)
    if (ip === undefined) {
      report(
        "FailedCreatePodSandBox",
        `Failed to create pod sandbox: plugin type="host-local" failed (add): no IP addresses available in range set: ${node.spec?.podCIDR}`,
        "Warning",
      )
      run = { ...run, sandboxAt: now + 10_000 }
    } else run = { ...run, ip }
  }
  if (isGoing) run = terminate(pod, run, now, report)
  const { ip: podIP } = run
  if (podIP !== undefined)
    run = stepPod(pod, run, {
      pod,
      podIP,
      now,
      random,
      report,
      environment: (container) =>
        processEnvironment(
          { view, births: state.serviceBirths, pod, podIP, hostIP: nodeIP(node), startedAt: now },
          container,
        ),
      started: (container, lines) =>
        startLog(
          state,
          logKey(run.uid, container.name),
          lines.map((line) => ({ at: now + line.afterMs, text: line.text })),
        ),
    })
  if (isGoing && run.removeAt === undefined && isQuiet(run)) run = { ...run, removeAt: now + 900 + random.below(500) }
  if (run.removeAt !== undefined && run.removeAt <= now) {
    forget(state, key)
    return { writes: [{ kind: "remove", resource: "pods", namespace, name }], reports }
  }
  state.runs.set(key, run)
  const isOver = isPodTerminal(pod)
  const writes: Write[] = isOver
    ? []
    : [{ kind: "update", resource: "pods", object: { ...pod, status: podStatus(pod, run, nodeIP(node), now) } }]
  const due = nextDue(pod, run, now)
  return { writes, reports, timers: due === Number.POSITIVE_INFINITY ? [] : [{ key, afterMs: due - now }] }
}

const keysOf = (event: StoreEvent): readonly string[] => {
  if (event.resource !== "pods") return []
  const pod = event.object as Pod
  if (!pod.spec.nodeName) return []
  const before = event.previous as Pod | undefined
  const isMine =
    event.type !== "MODIFIED" ||
    before?.spec !== pod.spec ||
    before.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    before.metadata.deletionGracePeriodSeconds !== pod.metadata.deletionGracePeriodSeconds
  return isMine ? [keyOf(pod)] : []
}

/** Runs the pods of all nodes. */
export const kubelet = (state: KubeletState): Controller => ({
  name: "kubelet",
  delayMs: 20,
  keysOf,
  reconcile: (context, key) => reconcile(context, key, state),
})

/** The process in a container ends now, as when it was told to over the network. Returns whether there was one. */
export const endProcess = (state: KubeletState, key: string, container: string, code: number, now: number): boolean => {
  const run = state.runs.get(key)
  if (!run?.containers.some((each) => each.name === container && each.state === "running")) return false
  const containers = run.containers.map((each) =>
    each.name === container ? { ...each, stopAt: now, stopCode: code } : each,
  )
  state.runs.set(key, { ...run, containers })
  return true
}
