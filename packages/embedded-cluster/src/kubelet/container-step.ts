import type { Container, Pod } from "@pilotage/kube-model"
import { behaviourOf, findImage, fullImageName, startContainer } from "../images/registry.ts"
import { backOff, ended, type StepContext, stop, without } from "./container-end.ts"
import { type ContainerRun, containerId, newContainerRun, type ProbeKind } from "./pod-run.ts"
import { firstProbe, probeOf, stepProbe } from "./probe.ts"

const idOf = ({ metadata }: Pod): string => `${metadata.name}_${metadata.namespace}(${metadata.uid})`

const pullFailed = (container: Container, run: ContainerRun, { now, report }: StepContext): ContainerRun => {
  const full = fullImageName(container.image)
  const why = `failed to pull and unpack image "${full}": failed to resolve image: ${full}: not found`
  report("Pulling", `Pulling image "${container.image}"`, "Normal", container.name)
  report("Failed", `Failed to pull image "${container.image}": ${why}`, "Warning", container.name)
  report("Failed", "Error: ErrImagePull", "Warning", container.name)
  const wait = backOff(run.strikes)
  return {
    ...run,
    state: "pull-failed",
    strikes: run.strikes + 1,
    message: why,
    at: now + wait,
    backOffMs: wait,
    isBackingOff: false,
    showBackOffAt: now + 1000,
  }
}

const start = (container: Container, run: ContainerRun, context: StepContext): ContainerRun => {
  const { now, random, report } = context
  const image = findImage(container.image)
  if (!image) return pullFailed(container, run, context)
  if (container.imagePullPolicy === "Always") {
    const ms = 300 + random.below(400)
    report("Pulling", `Pulling image "${container.image}"`, "Normal", container.name)
    report(
      "Pulled",
      `Successfully pulled image "${container.image}" in ${ms}ms (${ms}ms including waiting). Image size: ${image.sizeBytes} bytes.`,
      "Normal",
      container.name,
    )
  } else
    report(
      "Pulled",
      `Container image "${container.image}" already present on machine and can be accessed by the pod`,
      "Normal",
      container.name,
    )
  report("Created", "Container created", "Normal", container.name)
  const begun = startContainer(container, image)
  const running: ContainerRun = {
    ...without(
      run,
      "at",
      "exit",
      "message",
      "isBackingOff",
      "showBackOffAt",
      "noteBackOffAt",
      "backOffMs",
      "stopAt",
      "stopCode",
    ),
    image: container.image,
    state: "running",
    id: containerId(random),
    startedAt: now,
    restarts: run.exit ? run.restarts + 1 : run.restarts,
    ...(run.exit ? { last: run.exit } : {}),
    probes: {},
  }
  if (begun.kind === "missing") {
    const why = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${begun.program}": ${begun.program.includes("/") ? `stat ${begun.program}: no such file or directory` : "executable file not found in $PATH"}`
    report("Failed", `Error: ${why}`, "Warning", container.name)
    return ended(running, 128, context, why)
  }
  report("Started", "Container started", "Normal", container.name)
  const { behaviour } = begun
  context.started(
    container,
    behaviour.lines(now, () => context.environment(container)),
  )
  const { startupProbe, readinessProbe, livenessProbe } = container
  const others = {
    ...(readinessProbe ? { readiness: firstProbe(readinessProbe, now) } : {}),
    ...(livenessProbe ? { liveness: firstProbe(livenessProbe, now) } : {}),
  }
  return {
    ...running,
    ...(behaviour.exit ? { at: now + behaviour.exit.afterMs } : {}),
    probes: startupProbe ? { startup: firstProbe(startupProbe, now) } : others,
  }
}

const probeKinds: readonly ProbeKind[] = ["startup", "readiness", "liveness"]
const TITLES: Readonly<Record<ProbeKind, string>> = { startup: "Startup", readiness: "Readiness", liveness: "Liveness" }

const probe = (container: Container, run: ContainerRun, context: StepContext): ContainerRun => {
  const { now, pod, podIP, report } = context
  const behaviour = behaviourOf(container)
  if (!behaviour || run.startedAt === undefined || run.stopAt !== undefined) return run
  let next = run
  for (const kind of probeKinds) {
    const spec = probeOf(container, kind)
    const current = next.probes[kind]
    if (!spec || current?.nextAt === undefined || current.nextAt > now) continue
    const step = stepProbe({ pod, container, behaviour, startedAt: run.startedAt, podIP, now }, spec, current)
    if (step.message !== undefined)
      report("Unhealthy", `${TITLES[kind]} probe failed: ${step.message}`, "Warning", container.name)
    let probes = { ...next.probes, [kind]: step.run }
    if (kind === "startup" && step.run.passed) {
      const { readinessProbe, livenessProbe } = container
      const { nextAt: _, ...done } = step.run
      probes = {
        startup: done,
        ...(readinessProbe ? { readiness: firstProbe(readinessProbe, now) } : {}),
        ...(livenessProbe ? { liveness: firstProbe(livenessProbe, now) } : {}),
      }
    }
    next = { ...next, probes }
    if (step.gaveUp && kind !== "readiness") {
      report("Killing", `Container ${container.name} failed ${kind} probe, will be restarted`, "Normal", container.name)
      return stop(container, next, (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000, now)
    }
  }
  return next
}

const showBackOff = (container: Container, run: ContainerRun, { report, pod, now }: StepContext): ContainerRun => {
  let next = run
  if (next.noteBackOffAt !== undefined && next.noteBackOffAt <= now) {
    report(
      "BackOff",
      `Back-off restarting failed container ${container.name} in pod ${idOf(pod)}`,
      "Warning",
      container.name,
    )
    next = without(next, "noteBackOffAt")
  }
  if (next.showBackOffAt !== undefined && next.showBackOffAt <= now) {
    if (next.state === "pull-failed") {
      report("BackOff", `Back-off pulling image "${container.image}"`, "Normal", container.name)
      report("Failed", "Error: ImagePullBackOff", "Warning", container.name)
    }
    next = { ...without(next, "showBackOffAt"), isBackingOff: true }
  }
  return next
}

/** Everything that is due for a container. */
export const stepContainer = (container: Container, run: ContainerRun, context: StepContext): ContainerRun => {
  const { now, pod, report } = context
  const isGoing = pod.metadata.deletionTimestamp !== undefined
  let next = run
  if (container.image !== run.image) {
    if (run.state === "running" && run.stopAt === undefined) {
      report("Killing", `Container ${container.name} definition changed, will be restarted`, "Normal", container.name)
      next = {
        ...stop(container, run, (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000, now),
        image: container.image,
      }
    } else next = { ...run, image: container.image, ...(run.state === "running" ? {} : { at: now }) }
  }
  next = showBackOff(container, next, context)
  if (next.state === "running") {
    if (next.stopAt !== undefined && next.stopAt <= now) return ended(next, next.stopCode ?? 137, context)
    if (next.at !== undefined && next.at <= now) return ended(next, behaviourOf(container)?.exit?.code ?? 0, context)
    return probe(container, next, context)
  }
  return next.at !== undefined && next.at <= now && !isGoing ? start(container, next, context) : next
}

/** When something is due next. */
export const nextOf = (container: Container, run: ContainerRun, now: number): number => {
  const times = [run.at, run.stopAt, run.showBackOffAt, run.noteBackOffAt]
  if (run.state === "running" && run.startedAt !== undefined) {
    const behaviour = behaviourOf(container)
    if (behaviour) times.push(run.startedAt + behaviour.listensAfterMs)
    if (run.stopAt === undefined) times.push(...probeKinds.map((kind) => run.probes[kind]?.nextAt))
  }
  return Math.min(Number.POSITIVE_INFINITY, ...times.filter((time) => time !== undefined && time > now).map(Number))
}

export const freshRuns = (containers: readonly Container[]): readonly ContainerRun[] =>
  containers.map((container) => newContainerRun(container.name, container.image))
