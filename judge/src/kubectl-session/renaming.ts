import { VOLATILE_RULES } from "./volatile-values.ts"

export interface Value {
  readonly kind: string
  readonly value: string
}

const HOLDS = new Map(VOLATILE_RULES.map(({ kind, holds }) => [kind, holds]))

const keyOf = ({ kind, value }: Value): string => `${kind} ${value}`

/** A pair of values that stand for each other, and how to take the pairing back. */
type Undo = () => void

/** What stands for what within one command; `pair` answers `undefined` when the two may not stand for each other. */
export interface Pairing {
  readonly pair: (expected: Value, got: Value) => Undo | undefined
  /** Whether all pairs together may be: no more things are new here than there. */
  readonly isSettled: () => boolean
  /** Keeps what was paired for the rest of the session. */
  readonly keep: () => void
}

/** Which recorded value stands for which value here: one for one, for the whole session. */
export interface Renaming {
  readonly start: () => Pairing
  /** Notes what was printed, so that a later command may speak of it. */
  readonly see: (expected: Iterable<Value>, got: Iterable<Value>) => void
  readonly wasSeen: (value: string) => boolean
  /** A command line with the values of here in place of the recorded ones. */
  readonly translate: (text: string) => string
}

class TwoWay {
  readonly there = new Map<string, string>()
  readonly back = new Map<string, string>()

  fits(expected: string, got: string): boolean {
    return (this.there.get(expected) ?? got) === got && (this.back.get(got) ?? expected) === expected
  }

  add(expected: string, got: string): Undo {
    if (this.there.has(expected)) return () => undefined
    this.there.set(expected, got)
    this.back.set(got, expected)
    return () => {
      this.there.delete(expected)
      this.back.delete(got)
    }
  }
}

/** What outputs show of some replicas only: that another one was shown before is chance, that none was is not. */
const SHOWN_OF_SOME: ReadonlySet<string> = new Set(["uid", "sha256"])

export const createRenaming = (): Renaming => {
  const session = new TwoWay()
  const latest = new Map<string, string>()
  const seenThere = new Set<string>()
  const seenHere = new Set<string>()
  const recorded = new Set<string>()

  const start = (): Pairing => {
    const own = new TwoWay()
    /** How many more things that were known there stand for new ones here than the other way round, by kind. */
    const surplus = new Map<string, number>()
    const pairs = new Map<string, { readonly expected: Value; readonly got: Value }>()
    const pair = (expected: Value, got: Value): Undo | undefined => {
      if (expected.kind !== got.kind) return undefined
      const holds = HOLDS.get(expected.kind) ?? "command"
      if (holds === "none") return () => undefined
      const [from, to] = [keyOf(expected), keyOf(got)]
      if (!own.fits(from, to)) return undefined
      if (holds === "session" && !session.fits(from, to)) return undefined
      // A replica may stand for another one, but not a new one for one that was there before.
      const step = Number(seenThere.has(from)) - Number(seenHere.has(to))
      const { kind } = expected
      if (holds === "command" && step > 0 && !SHOWN_OF_SOME.has(kind)) return undefined
      if (own.there.has(from)) return () => undefined
      const undo = own.add(from, to)
      pairs.set(from, { expected, got })
      const count = holds === "command" && SHOWN_OF_SOME.has(kind) ? step : 0
      surplus.set(kind, (surplus.get(kind) ?? 0) + count)
      return () => {
        undo()
        surplus.set(kind, (surplus.get(kind) ?? 0) - count)
      }
    }
    const isSettled = (): boolean => [...surplus.values()].every((count) => count <= 0)
    const keep = (): void => {
      for (const [from, to] of own.there) {
        const pairOf = pairs.get(from)
        if (!pairOf) continue
        if (HOLDS.get(pairOf.expected.kind) === "session") session.add(from, to)
        latest.set(pairOf.expected.value, pairOf.got.value)
      }
    }
    return { pair, isSettled, keep }
  }

  return {
    start,
    see: (expected, got) => {
      for (const value of expected) {
        seenThere.add(keyOf(value))
        recorded.add(value.value)
      }
      for (const value of got) seenHere.add(keyOf(value))
    },
    wasSeen: (value) => recorded.has(value),
    translate: (text) =>
      [...latest].reduce((current, [from, to]) => (from.length < 5 ? current : current.replaceAll(from, to)), text),
  }
}
