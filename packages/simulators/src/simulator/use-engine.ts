import { type RefObject, useCallback, useEffect, useState } from "react"

type Engine = typeof import("./engine.ts")

let fetched: Promise<Engine> | undefined

/** One engine for all simulators of a page. A fetch that failed is tried again by the next caller. */
const fetchEngine = (): Promise<Engine> => {
  fetched ??= import("./engine.ts").catch((error: unknown) => {
    fetched = undefined
    throw error
  })
  return fetched
}

/** Far enough below the fold that the engine is there when the reader is. */
const MARGIN = "300px"

interface LateEngine {
  readonly engine: Engine | undefined
  /** The last attempt to fetch it failed. */
  readonly missing: boolean
  /** Fetches it unless it is there. */
  readonly fetch: () => void
}

/** The engine, fetched when `place` comes near the window or when somebody asks for it. */
export const useEngine = (place: RefObject<Element | null>): LateEngine => {
  const [engine, setEngine] = useState<Engine>()
  const [missing, setMissing] = useState(false)
  const fetch = useCallback(() => {
    fetchEngine().then(
      (found) => {
        setEngine(found)
        setMissing(false)
      },
      () => setMissing(true),
    )
  }, [])
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        fetch()
      },
      { rootMargin: MARGIN },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [place, fetch])
  return { engine, missing, fetch }
}
