import { err, ok, type Random, type Result } from "@pilotage/kube-model"
import type { Store } from "../../store/store.ts"

export interface PortRange {
  readonly from: number
  readonly to: number
}

export type NodePortAllocator = {
  /** Takes one given port, or says why not in upstream's words. */
  readonly take: (port: number) => string | undefined
  /** Takes any free port. */
  readonly takeNext: () => Result<number, string>
}

/**
 * Ports at the low end that dynamic allocation leaves to those who ask for one by number, so that both seldom collide
 * (kubernetes 1.36 `portallocator` calculateRangeOffset, KEP-3668): 86 for 30000-32767.
 */
export const staticPortBand = ({ from, to }: PortRange): number => {
  const size = to - from + 1
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128)
}

const takenPorts = (store: Store): Set<number> => {
  const taken = new Set<number>()
  for (const { spec } of store.list("services")) {
    for (const { nodePort } of spec.ports ?? []) if (nodePort) taken.add(nodePort)
    if (spec.healthCheckNodePort) taken.add(spec.healthCheckNodePort)
  }
  return taken
}

/** First free port from a random start in [from, to], going round. */
const freeFrom = (taken: ReadonlySet<number>, from: number, to: number, random: Random): number | undefined => {
  const size = to - from + 1
  if (size <= 0) return undefined
  const start = random.below(size)
  for (let step = 0; step < size; step += 1) {
    const port = from + ((start + step) % size)
    if (!taken.has(port)) return port
  }
  return undefined
}

/** What is taken is read from the stored Services when needed, so there is no allocator state to lose or to fork. */
export const nodePortAllocator = (store: Store, range: PortRange, random: Random): NodePortAllocator => {
  let known: Set<number> | undefined
  const taken = (): Set<number> => {
    known ??= takenPorts(store)
    return known
  }
  return {
    take(port) {
      if (port < range.from || port > range.to)
        return `provided port is not in the valid range. The range of valid ports is ${range.from}-${range.to}`
      if (taken().has(port)) return "provided port is already allocated"
      taken().add(port)
      return undefined
    },
    takeNext() {
      const dynamic = range.from + staticPortBand(range)
      const port = freeFrom(taken(), dynamic, range.to, random) ?? freeFrom(taken(), range.from, dynamic - 1, random)
      if (port === undefined) return err("range is full")
      taken().add(port)
      return ok(port)
    },
  }
}

/** What the first port of a dry run is one more than (portallocator `operation.go`). */
const DRY_RUN_BASE = 32768

/** A dry run refuses what would be refused and shows placeholders for what would be chosen. */
export const dryRunNodePortAllocator = (real: NodePortAllocator): NodePortAllocator => {
  let last = DRY_RUN_BASE
  return {
    take(port) {
      const refusal = real.take(port)
      if (refusal === undefined && last !== DRY_RUN_BASE) last = Math.max(last, port)
      return refusal
    },
    takeNext() {
      last += 1
      return ok(last)
    },
  }
}
