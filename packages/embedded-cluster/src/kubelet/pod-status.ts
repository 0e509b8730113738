import {
  type Condition,
  type Container,
  type ContainerState,
  type ContainerStatus,
  formatTime,
  type Pod,
} from "@pilotage/kube-model"
import { qosClass } from "../api/workloads/pod-admission.ts"
import { findImage, fullImageName } from "../images/registry.ts"
import { mountStatuses, resourcesStatus, userStatus } from "./container-facts.ts"
import type { ContainerRun, Exit, PodRun } from "./pod-run.ts"
import { isReady, isStarted } from "./probe.ts"

const terminated = (exit: Exit): ContainerState => ({
  terminated: {
    containerID: `containerd://${exit.id}`,
    exitCode: exit.code,
    finishedAt: formatTime(exit.finishedAt),
    ...(exit.message === undefined ? {} : { message: exit.message }),
    reason: exit.reason,
    startedAt: formatTime(exit.startedAt),
  },
})

const waiting = (reason: string, message?: string): ContainerState => ({
  waiting: { ...(message === undefined ? {} : { message }), reason },
})

const seconds = (ms: number): string => {
  const total = Math.round(ms / 1000)
  return total < 60 ? `${total}s` : `${Math.floor(total / 60)}m${total % 60}s`
}

const stateOf = (pod: Pod, container: Container, run: ContainerRun): ContainerState => {
  switch (run.state) {
    case "waiting":
      return waiting((pod.spec.initContainers ?? []).length > 0 ? "PodInitializing" : "ContainerCreating")
    case "pull-failed":
      return run.isBackingOff
        ? waiting("ImagePullBackOff", `Back-off pulling image "${container.image}": ErrImagePull: ${run.message ?? ""}`)
        : waiting("ErrImagePull", run.message)
    case "running":
      return { running: { startedAt: formatTime(run.startedAt ?? 0) } }
    case "exited": {
      if (!run.isBackingOff) return run.exit ? terminated(run.exit) : waiting("ContainerCreating")
      const { name, namespace, uid } = pod.metadata
      return waiting(
        "CrashLoopBackOff",
        `back-off ${seconds(run.backOffMs ?? 0)} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`,
      )
    }
  }
}

/** A stable digest-like id of an image name: the cluster keeps no layers. */
const imageIdOf = (image: string): string => {
  let id = ""
  for (let part = 0; part < 8; part += 1) {
    let hash = 0x811c9dc5 ^ part
    for (const char of image) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
    id += (hash >>> 0).toString(16).padStart(8, "0")
  }
  return `sha256:${id}`
}

const imageIds = new Map<string, string>()

/** Asked with every status, of few images. */
const imageId = (image: string): string => {
  const id = imageIds.get(image) ?? imageIdOf(image)
  if (imageIds.size < 100) imageIds.set(image, id)
  return id
}

const containerStatus = (pod: Pod, container: Container, run: ContainerRun, isInit: boolean): ContainerStatus => {
  const last = run.state === "exited" && run.isBackingOff ? run.exit : run.last
  const full = fullImageName(container.image)
  const isKnown = run.id !== undefined && findImage(container.image) !== undefined
  const isDone = isInit && run.state === "exited" && run.exit?.code === 0
  return {
    ...(run.id === undefined ? {} : { containerID: `containerd://${run.id}` }),
    image: isKnown ? full : container.image,
    imageID: isKnown ? imageId(full) : "",
    lastState: last ? terminated(last) : {},
    name: container.name,
    ready: isDone || isReady(container, run),
    ...(run.id === undefined ? {} : resourcesStatus(container)),
    restartCount: run.restarts,
    started: isStarted(container, run),
    state: stateOf(pod, container, run),
    ...(run.id === undefined ? {} : { user: userStatus(pod, container) }),
    ...mountStatuses(container),
  }
}

const condition = (
  pod: Pod,
  type: string,
  status: "True" | "False",
  now: number,
  why?: { reason: string; message?: string },
): Condition => {
  const old = pod.status?.conditions?.find((each) => each.type === type)
  return {
    lastProbeTime: null,
    lastTransitionTime: old?.status === status ? (old.lastTransitionTime ?? formatTime(now)) : formatTime(now),
    ...(why?.message === undefined ? {} : { message: why.message }),
    observedGeneration: pod.metadata.generation ?? 1,
    ...(why === undefined ? {} : { reason: why.reason }),
    status,
    type,
  }
}

const phaseOf = (pod: Pod, run: PodRun): NonNullable<Pod["status"]>["phase"] => {
  const isInitialized = run.init.every(
    (each) => (each.state === "exited" && each.exit?.code === 0) || each.state === "running",
  )
  if (run.init.some((each) => each.state === "exited" && each.exit?.code !== 0 && each.at === undefined))
    return "Failed"
  if (!isInitialized) return "Pending"
  const over = run.containers.filter((each) => each.state === "exited" && each.at === undefined)
  const begun = run.containers.filter((each) => each.state === "running" || each.state === "exited")
  if (over.length === run.containers.length) {
    const isFine = over.every((each) => each.exit?.code === 0)
    return isFine ? "Succeeded" : "Failed"
  }
  if (pod.status?.phase === "Running" || begun.length === run.containers.length) return "Running"
  return "Pending"
}

/** The status that the kubelet of `hostIP` reports. */
export const podStatus = (pod: Pod, run: PodRun, hostIP: string, now: number): NonNullable<Pod["status"]> => {
  const init = pod.spec.initContainers ?? []
  const initStatuses = init.flatMap((container, index) =>
    run.init[index] ? [containerStatus(pod, container, run.init[index], true)] : [],
  )
  const statuses = pod.spec.containers.flatMap((container, index) =>
    run.containers[index] ? [containerStatus(pod, container, run.containers[index], false)] : [],
  )
  const notReady = statuses.filter((each) => !each.ready).map((each) => each.name)
  const phase = phaseOf(pod, run)
  const isOver = phase === "Succeeded" || phase === "Failed"
  const why = isOver
    ? { reason: phase === "Succeeded" ? "PodCompleted" : "PodFailed" }
    : { reason: "ContainersNotReady", message: `containers with unready status: [${notReady.join(" ")}]` }
  const ready = notReady.length === 0 && !isOver ? "True" : "False"
  const pendingInit = initStatuses.filter((each) => !each.ready).map((each) => each.name)
  const scheduled = pod.status?.conditions?.find((each) => each.type === "PodScheduled")
  const conditions = [
    condition(pod, "PodReadyToStartContainers", run.ip !== undefined && !isOver ? "True" : "False", now),
    pendingInit.length === 0
      ? condition(pod, "Initialized", "True", now)
      : condition(pod, "Initialized", "False", now, {
          reason: "ContainersNotInitialized",
          message: `containers with incomplete status: [${pendingInit.join(" ")}]`,
        }),
    condition(pod, "Ready", ready, now, ready === "True" ? undefined : why),
    condition(pod, "ContainersReady", ready, now, ready === "True" ? undefined : why),
    scheduled ?? condition(pod, "PodScheduled", "True", now),
  ]
  return {
    conditions,
    containerStatuses: statuses,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(init.length > 0 ? { initContainerStatuses: initStatuses } : {}),
    observedGeneration: pod.metadata.generation ?? 1,
    phase: phase ?? "Pending",
    ...(run.ip === undefined ? {} : { podIP: run.ip, podIPs: [{ ip: run.ip }] }),
    qosClass: pod.status?.qosClass ?? qosClass(pod.spec),
    ...{ resources: {} },
    startTime: pod.status?.startTime ?? formatTime(now),
  }
}
