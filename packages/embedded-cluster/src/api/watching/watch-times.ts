import { createRandom, type Random } from "@pilotage/kube-model"

/** kube-apiserver --min-request-timeout: a watch that names no time lasts one to two times as long. */
const MIN_REQUEST_MS = 1_800_000
const BOOKMARK_MS = 60_000
/** The last bookmark comes so long before the end (apiserver `storage/cacher`, nextBookmarkTime). */
const FAREWELL_MS = 2000

/**
 * How many milliseconds a watch lasts. What is drawn is drawn from a copy of the generator: reads must not change what
 * comes after them. `opened` tells watches apart that begin at the same state.
 */
export const watchDuration = (timeoutSeconds: number | undefined, random: Random, opened: number): number => {
  if (timeoutSeconds) return Math.max(0, timeoutSeconds * 1000)
  const [a, b, c, d] = random.state()
  const own = createRandom([a, b, c, d ^ Math.imul(opened + 1, 0x9e3779b9)])
  for (let round = 0; round < 12; round += 1) own.next()
  return Math.floor(MIN_REQUEST_MS * (1 + own.next()))
}

/** When the next bookmark is due: within a minute, and shortly before the end. Never: infinity. */
export const nextBookmark = (now: number, end: number): number => {
  const farewell = end - FAREWELL_MS
  const next = now + BOOKMARK_MS
  if (farewell > now && farewell < next) return farewell
  return next < end ? next : Number.POSITIVE_INFINITY
}
