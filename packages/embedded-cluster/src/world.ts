import { createRandom, type Random, type RandomState } from "@pilotage/kube-model"
import type { RoutingTable } from "@pilotage/routing-core"
import { type Api, createApi } from "./api/api.ts"
import { signer } from "./api/apply/controller-writes.ts"
import { nodeIP } from "./bootstrap/nodes.ts"
import { staticPods } from "./bootstrap/static-pods.ts"
import type { InputLog } from "./cluster.ts"
import { cronJobController } from "./controllers/cron-job.ts"
import { daemonSetController } from "./controllers/daemon-set.ts"
import { deploymentController } from "./controllers/deployment.ts"
import { disruptionController } from "./controllers/disruption.ts"
import { endpointSliceController } from "./controllers/endpoint-slice.ts"
import { endpointSliceMirroring } from "./controllers/endpoint-slice-mirroring.ts"
import { endpointsController } from "./controllers/endpoints.ts"
import { garbageCollector } from "./controllers/garbage-collector.ts"
import { jobController } from "./controllers/job.ts"
import { loadBalancerEnvironments } from "./controllers/load-balancers/environments.ts"
import { namespaceController } from "./controllers/namespace.ts"
import { nodeLifecycle } from "./controllers/node-lifecycle.ts"
import { replicaSetController } from "./controllers/replica-set.ts"
import { replicationController } from "./controllers/replication-controller.ts"
import { scheduler } from "./controllers/scheduler.ts"
import { statefulSetController } from "./controllers/stateful-set.ts"
import { taintEviction } from "./controllers/taint-eviction.ts"
import { type Controller, splitKey } from "./engine/controller.ts"
import { createEngine, type Engine } from "./engine/engine.ts"
import { createEventQueue, type Due, type EventQueue } from "./engine/event-queue.ts"
import { type EventRecorder, recorderFor } from "./engine/event-recorder.ts"
import { createInputEntries, type InputEntries } from "./input-entries.ts"
import { kubelet } from "./kubelet/kubelet.ts"
import { createKubeletState, dumpKubelets, type KubeletDump, type KubeletState } from "./kubelet/kubelet-state.ts"
import { mirrorPods } from "./kubelet/mirror-pods.ts"
import { nodeLeases, renewedLease } from "./kubelet/node-lease.ts"
import { createPodLogs, type PodLogs } from "./machines/pod-logs.ts"
import type { AffinityMemory, Remembered } from "./network/affinity.ts"
import { createExchangeMemory, type ExchangeMemory } from "./network/exchange-memory.ts"
import { compileTable, createTableFeed, type TableFeed } from "./network/table-feed.ts"
import type { Settings } from "./options.ts"
import { createStore, type Store, type StoreContents } from "./store/store.ts"

/** Everything that changes in a cluster, put together so that it works. */
export interface World {
  readonly settings: Settings
  readonly clock: { now: number }
  readonly random: Random
  readonly store: Store
  readonly queue: EventQueue
  readonly recorder: EventRecorder
  readonly kubelets: KubeletState
  readonly affinity: AffinityMemory
  readonly engine: Engine
  readonly api: Api
  readonly feed: TableFeed
  readonly logs: PodLogs
  readonly entries: InputEntries
  readonly exchanges: ExchangeMemory
}

/** The parts of a world that it is made from: new, read from a snapshot, or taken from another world. */
interface WorldParts {
  readonly settings: Settings
  readonly now: number
  readonly random: RandomState | number
  readonly store: (sources: { readonly random: Random; readonly now: () => number }) => Store
  readonly queue: EventQueue
  readonly recorder: (store: Store) => EventRecorder
  readonly kubelets: KubeletState
  readonly affinity: AffinityMemory
  readonly entries: InputEntries
  readonly exchanges: ExchangeMemory
  /** Absent: compiled from the store. */
  readonly table?: RoutingTable
}

const controllersFor = (
  { loadBalancer, nodes: [node = ""], config }: Settings,
  kubelets: Controller,
): readonly Controller[] => [
  namespaceController,
  garbageCollector,
  deploymentController,
  replicaSetController,
  replicationController,
  daemonSetController,
  statefulSetController,
  jobController,
  cronJobController,
  scheduler,
  kubelets,
  mirrorPods(node, staticPods(node, nodeIP(0), config)),
  nodeLeases,
  nodeLifecycle,
  taintEviction,
  disruptionController,
  endpointSliceController,
  endpointsController,
  endpointSliceMirroring,
  ...loadBalancerEnvironments[loadBalancer].controllers,
]

const createWorld = (parts: WorldParts): World => {
  const { settings, queue, kubelets } = parts
  const clock = { now: parts.now }
  const random = createRandom(parts.random)
  const store = parts.store({ random, now: () => clock.now })
  const recorder = parts.recorder(store)
  const compiled = parts.table ? undefined : compileTable({ view: store, kubelets, clock }, settings.config)
  if (compiled && !compiled.ok) throw new Error(`${compiled.error.path}: ${compiled.error.message}`)
  const table = compiled?.value ?? parts.table
  if (!table) throw new Error("a world has a routing table")
  const feed = createTableFeed({ view: store, kubelets, clock }, table)
  store.subscribe(feed.follow)
  store.subscribe(({ resource, type, object }) => {
    if (resource !== "services" || type === "MODIFIED") return
    if (type === "ADDED") kubelets.serviceBirths.set(object.metadata.uid ?? "", clock.now)
    else kubelets.serviceBirths.delete(object.metadata.uid ?? "")
  })
  const kubeletController = kubelet(kubelets)
  const watched: Controller = {
    ...kubeletController,
    reconcile(context, key) {
      const outcome = kubeletController.reconcile(context, key)
      const { namespace, name } = splitKey(key)
      feed.refreshPod(namespace, name)
      return outcome
    },
  }
  const sign = signer(store, () => clock.now)
  const engine = createEngine({
    store,
    queue,
    random,
    recorder,
    clock,
    controllers: controllersFor(settings, watched),
    sign,
  })
  const logs = createPodLogs({ view: store, kubelets, clock })
  const api = createApi({
    store,
    random,
    now: () => clock.now,
    commit: engine.commit,
    podLogs: logs.read,
    asRead: (lease) => renewedLease(lease, clock.now),
    config: { serviceCIDRs: [settings.config.serviceCIDR], nodePortRange: settings.config.nodePortRange },
  })
  return {
    settings,
    clock,
    random,
    store,
    queue,
    recorder,
    kubelets,
    affinity: parts.affinity,
    engine,
    api,
    feed,
    logs,
    entries: parts.entries,
    exchanges: parts.exchanges,
  }
}

export const emptyWorld = (settings: Settings, now: number): World =>
  createWorld({
    settings,
    now,
    random: settings.seed,
    store: (sources) => createStore(sources),
    queue: createEventQueue(),
    recorder: recorderFor,
    kubelets: createKubeletState(),
    affinity: new Map(),
    entries: createInputEntries(),
    exchanges: createExchangeMemory(),
  })

const dumpExchanges = (exchanges: ExchangeMemory) => ({ list: exchanges.list(), lastId: exchanges.lastId() })

/** Nothing that changes is shared; objects, traces and lines are, for they never change. */
export const forkWorld = (world: World): World =>
  createWorld({
    settings: world.settings,
    now: world.clock.now,
    random: world.random.state(),
    store: (sources) => world.store.fork(sources),
    queue: world.queue.fork(),
    recorder: () => world.recorder.fork(),
    kubelets: {
      runs: new Map(world.kubelets.runs),
      logs: new Map(world.kubelets.logs),
      addresses: new Map(world.kubelets.addresses),
      cursors: new Map(world.kubelets.cursors),
      serviceBirths: new Map(world.kubelets.serviceBirths),
    },
    affinity: new Map(world.affinity),
    entries: world.entries.fork(),
    exchanges: createExchangeMemory(dumpExchanges(world.exchanges)),
    table: world.feed.table(),
  })

/** A world as JSON. */
export interface WorldDump {
  readonly store: StoreContents
  readonly queue: { readonly entries: readonly Due[]; readonly order: number }
  readonly kubelets: KubeletDump
  readonly affinity: readonly (readonly [string, Remembered])[]
  readonly entries: InputLog["entries"]
  readonly exchanges: ReturnType<typeof dumpExchanges>
}

export const dumpWorld = (world: World): WorldDump => ({
  store: world.store.dump(),
  queue: { entries: world.queue.entries(), order: world.queue.order() },
  kubelets: dumpKubelets(world.kubelets),
  affinity: [...world.affinity],
  entries: world.entries.all(),
  exchanges: dumpExchanges(world.exchanges),
})

export const worldFromDump = (settings: Settings, dump: WorldDump, now: number, random: RandomState): World =>
  createWorld({
    settings,
    now,
    random,
    store: (sources) => createStore({ ...sources, contents: dump.store }),
    queue: createEventQueue(dump.queue),
    recorder: recorderFor,
    kubelets: createKubeletState(dump.kubelets),
    affinity: new Map(dump.affinity),
    entries: createInputEntries(dump.entries),
    exchanges: createExchangeMemory(dump.exchanges),
  })
