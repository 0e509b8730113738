import { isStream, type KubeAnswer, type KubeRequest, type PlainKubeRequest, type Pod } from "@pilotage/kube-model"
import { resolve, trace } from "@pilotage/routing-core"
import { proxyAnswer } from "./api/proxy.ts"
import { readableRequest } from "./api/readable-request.ts"
import { statusAnswer } from "./api/status.ts"
import type {
  Cluster,
  ClusterEvent,
  ClusterOptions,
  Dial,
  DialRequest,
  DnsAnswer,
  HttpExchange,
  HttpRequest,
  Input,
} from "./cluster.ts"
import { ENGINE_VERSION } from "./engine-version.ts"
import { attachedCommand } from "./images/registry.ts"
import { endProcess } from "./kubelet/kubelet.ts"
import { nodeMachine, podMachine, workstation } from "./machines/machines.ts"
import { dial as dialThrough } from "./network/dial.ts"
import { exchange } from "./network/http.ts"
import { ping } from "./network/ping.ts"
import { dumpWorld, forkWorld, type World } from "./world.ts"

/** The container of an exit: one whose process waits for an attach, and no other. */
const attachedIn = (pod: Pod | undefined, name: string | undefined): string | undefined =>
  pod?.spec.containers.find((each) => (name === undefined || each.name === name) && attachedCommand(each))?.name

/** Reads change nothing and are not logged. */
const isRead = ({ method }: KubeRequest): boolean => method === "GET"

/** The public face of a world. */
export const clusterOf = (options: ClusterOptions, world: World): Cluster => {
  const { clock, engine, store, kubelets, random, affinity, feed, logs, settings } = world
  const { config } = settings
  const listeners = new Set<(event: ClusterEvent) => void>()
  const tell = (event: ClusterEvent): void => {
    for (const listener of [...listeners]) listener(event)
  }
  store.subscribe(({ type, object }) => {
    if (listeners.size > 0) tell({ kind: "object", type, object })
  })

  const onStep = (settled: number): void => {
    logs.flush()
    world.api.watches.advanceTo(settled)
  }
  const settleNow = (): void => {
    engine.advanceTo(clock.now)
    logs.flush()
  }
  const advance = (milliseconds: number): void => {
    engine.advanceTo(clock.now + Math.max(0, Math.floor(milliseconds)), onStep)
    tell({ kind: "time", now: clock.now })
  }
  const write = (request: PlainKubeRequest): KubeAnswer => {
    world.entries.push({ at: clock.now, input: { kind: "request", request } })
    const answer = world.api.request(request)
    settleNow()
    return answer
  }
  /** What cannot be read changes nothing and stays out of the log. */
  const request = (given: KubeRequest): KubeAnswer => {
    const passedOn = proxyAnswer({ view: store, send: http, pick: world.exchanges.lastId() }, given)
    if (passedOn) return passedOn
    if (isRead(given)) return world.api.request(given)
    const readable = readableRequest(given)
    return readable.ok ? write(readable.value) : statusAnswer(readable.error)
  }
  const dataPlane = () => ({
    table: feed.table(),
    random,
    affinity,
    view: store,
    kubelets,
    now: clock.now,
    onExit: (key: string) => engine.wake("kubelet", key, clock.now),
  })
  const dial = (from: HttpExchange["from"], request: DialRequest): Dial => {
    world.entries.push({ at: clock.now, input: { kind: "dial", from, request } })
    const done = dialThrough(dataPlane(), from, request)
    settleNow()
    return done
  }
  const http = (from: HttpExchange["from"], request: HttpRequest): HttpExchange => {
    world.entries.push({ at: clock.now, input: { kind: "http", from, request } })
    const id = world.exchanges.lastId() + 1
    const done = exchange(dataPlane(), id, from, request)
    world.exchanges.add(done)
    settleNow()
    tell({ kind: "http", exchange: done })
    return done
  }
  const exit: Cluster["exit"] = (target, exitCode) => {
    world.entries.push({ at: clock.now, input: { kind: "exit", target, exitCode } })
    const key = `${target.namespace}/${target.pod}`
    const container = attachedIn(store.get("pods", target.namespace, target.pod), target.container)
    if (container !== undefined && endProcess(kubelets, key, container, exitCode, clock.now))
      engine.wake("kubelet", key, clock.now)
    settleNow()
  }
  const apply = (input: Input): void => {
    if (input.kind === "http") http(input.from, input.request)
    else if (input.kind === "dial") dial(input.from, input.request)
    else if (input.kind === "exit") exit(input.target, input.exitCode)
    else {
      const answer = write(input.request)
      if (isStream(answer)) answer.close()
    }
  }
  const machineParts = { view: store, kubelets, config }

  return {
    options,
    now: () => clock.now,
    nextDue() {
      const [work, watch] = [world.queue.next()?.at, world.api.watches.nextDue()]
      return work === undefined || watch === undefined ? (work ?? watch) : Math.min(work, watch)
    },
    advance,
    request,
    http,
    dial,
    exit,
    trace: (request) => trace(feed.table(), request),
    resolve: (from, name, type, search): DnsAnswer => {
      const { server, steps, rcode, records } = resolve(feed.table(), from, name, type, { search })
      return { server, steps, rcode, records }
    },
    ping: (from, host) => ping(feed.table(), from, host),
    exec: (target) => podMachine(machineParts, target),
    connect: world.api.connect,
    nodeMachine: (node) => nodeMachine(machineParts, node),
    outsideMachine: () => workstation(machineParts),
    exchanges: world.exchanges.list,
    state: () => feed.table().state,
    table: feed.table,
    apply,
    log: () => ({ engine: ENGINE_VERSION, entries: world.entries.all(), until: clock.now }),
    snapshot: () => ({ engine: ENGINE_VERSION, now: clock.now, random: random.state(), data: dumpWorld(world) }),
    fork: () => clusterOf(options, forkWorld(world)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
