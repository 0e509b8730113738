import { err, ok } from "@pilotage/kube-model"
import { applyObject, boot, joinWorkers } from "./bootstrap/boot.ts"
import type { CreateCluster, ReplayCluster, RestoreCluster } from "./cluster.ts"
import { ENGINE_VERSION } from "./engine-version.ts"
import { settingsOf } from "./options.ts"
import { emptyWorld, type WorldDump, worldFromDump } from "./world.ts"
import { clusterOf } from "./world-cluster.ts"

/** The cluster is as old as that when it is handed over, and has come to rest. */
const BOOT_MS = 90_000
/** Workers join the control plane so much later. */
const JOIN_MS = 5_000
/** The given objects are applied so long before. */
const OBJECTS_MS = 30_000

/** A cluster that has started and settled; `options.objects` have been applied and worked off. */
export const createCluster: CreateCluster = (options) => {
  const settings = settingsOf(options)
  if (!settings.ok) return settings
  const { startTime, config, nodes, dedicatedControlPlane } = settings.value
  const world = emptyWorld(settings.value, startTime - BOOT_MS)
  const { store, api, random, engine, clock } = world
  const parts = { store, api, random, config, nodes, dedicatedControlPlane }
  const booted = boot(parts, clock.now)
  if (!booted.ok) return booted
  engine.advanceTo(clock.now + JOIN_MS)
  joinWorkers(parts, clock.now)
  engine.advanceTo(startTime - OBJECTS_MS)
  for (const [index, object] of (options.objects ?? []).entries()) {
    const applied = applyObject(api, object, `objects[${index}]`)
    if (!applied.ok) return applied
  }
  engine.advanceTo(startTime)
  return ok(clusterOf(options, world))
}

const otherEngine = (engine: string) =>
  err({ path: "engine", message: `was written by engine ${engine}; this is engine ${ENGINE_VERSION}` })

/** A cluster that goes on where the snapshot was taken; `options` are those that it was created with. */
export const restoreCluster: RestoreCluster = (options, snapshot) => {
  if (snapshot.engine !== ENGINE_VERSION) return otherEngine(snapshot.engine)
  const settings = settingsOf(options)
  if (!settings.ok) return settings
  const dump = snapshot.data as WorldDump | null | undefined
  if (!dump?.store?.objects || !dump.queue?.entries || !dump.kubelets || !dump.exchanges)
    return err({ path: "data", message: "is no snapshot of a cluster" })
  return ok(clusterOf(options, worldFromDump(settings.value, dump, snapshot.now, snapshot.random)))
}

const DEFAULT_LIMITS = { entries: 10_000, durationMs: 8 * 3_600_000 }

/** Runs a log from the start. Refuses logs of another engine, that go back in time, or that ask for more than `limits`. */
export const replayCluster: ReplayCluster = (options, log, limits = DEFAULT_LIMITS) => {
  if (log.engine !== ENGINE_VERSION) return otherEngine(log.engine)
  if (log.entries.length > limits.entries)
    return err({ path: "entries", message: `has ${log.entries.length} inputs, more than ${limits.entries}` })
  const created = createCluster(options)
  if (!created.ok) return created
  const cluster = created.value
  const start = cluster.now()
  if (!(log.until - start <= limits.durationMs))
    return err({ path: "until", message: `asks for more than ${limits.durationMs} ms of virtual time` })
  for (const [index, { at, input }] of log.entries.entries()) {
    if (!(at >= cluster.now() && at <= log.until))
      return err({ path: `entries[${index}].at`, message: "is out of order" })
    cluster.advance(at - cluster.now())
    cluster.apply(input)
  }
  if (log.until < cluster.now()) return err({ path: "until", message: "lies before the last input" })
  cluster.advance(log.until - cluster.now())
  return ok(cluster)
}
