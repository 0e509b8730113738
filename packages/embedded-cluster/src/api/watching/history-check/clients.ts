import { isStream, type KubeObject, type Random } from "@pilotage/kube-model"
import type { Store } from "../../../store/store.ts"
import type { Api } from "../../api.ts"
import { drawSelection, type Selection } from "./selection.ts"
import { type Breach, type Watched, watched } from "./watched.ts"
import type { WrittenLog } from "./written-log.ts"

/** The server as clients reach it; restarts replace it. */
export interface Server {
  readonly api: Api
  readonly store: Pick<Store, "revision" | "oldestRevision" | "compactedRevision">
}

/** Clients that watch, break off, come back, and list; what they are told wrongly is kept in `breaches`. */
export interface Clients {
  readonly open: (server: Server) => void
  readonly leave: () => void
  readonly resume: (server: Server) => void
  /** The server is gone, and all connections with it. */
  readonly lose: () => void
  readonly checkOne: () => void
  readonly checkAll: () => void
  readonly breaches: readonly Breach[]
  readonly figures: { readonly watches: number; readonly events: number; readonly expired: number }
}

const MOST_CLIENTS = 12

/** Where a client stands who is not connected. */
interface Away {
  readonly selection: Selection
  readonly position: number
}

export const presentObjects = (log: WrittenLog, selection: Selection, revision: number): readonly KubeObject[] =>
  [...log.stateAt(selection.resource, revision)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, object]) => object)
    .filter(selection.matches)

export const createClients = (random: Random, log: WrittenLog): Clients => {
  let here: Watched[] = []
  let away: Away[] = []
  const breaches: Breach[] = []
  const figures = { watches: 0, events: 0, expired: 0 }

  const check = (client: Watched): void => {
    breaches.push(...client.check())
  }
  const part = (client: Watched): void => {
    check(client)
    client.close()
    figures.events += client.count()
    here = here.filter((each) => each !== client)
    // Who was told that the past is gone begins anew.
    if (client.hasExpired()) figures.expired += 1
    else away.push({ selection: client.selection, position: client.position() })
  }
  const connect = (
    { api }: Server,
    selection: Selection,
    more: string,
    from: number,
    present: readonly KubeObject[],
  ) => {
    const bookmarks = random.below(3) > 0 ? "&allowWatchBookmarks=true" : ""
    const seconds = random.below(4) === 0 ? `&timeoutSeconds=${1 + random.below(120)}` : ""
    const path = `${selection.path}?watch=1${selection.query}${bookmarks}${seconds}${more}`
    const stream = api.request({ method: "GET", path })
    if (!isStream(stream)) throw new Error(`${path} is no stream: ${JSON.stringify(stream.body)}`)
    const client = watched(selection, stream, log, from, present)
    figures.watches += 1
    here.push(client)
    return client
  }

  return {
    open(server) {
      const [oldest] = here
      if (oldest && here.length >= MOST_CLIENTS) {
        part(oldest)
        away = away.slice(-MOST_CLIENTS)
      }
      const selection = drawSelection(random)
      const { revision } = server.store
      const more = random.pick([
        "",
        "&resourceVersion=0",
        "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
        `&resourceVersion=${revision}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
      ])
      connect(server, selection, more, revision, presentObjects(log, selection, revision))
    },
    leave() {
      const client = here[random.below(here.length || 1)]
      if (client) part(client)
    },
    resume(server) {
      const index = random.below(away.length || 1)
      const client = away[index]
      if (!client) return
      away = away.filter((each) => each !== client)
      const { selection, position } = client
      const resumed = connect(server, selection, `&resourceVersion=${position}`, position, [])
      check(resumed)
      if (resumed.hasExpired() === position < server.store.oldestRevision) return
      const detail = `resuming at ${position}, the oldest is ${server.store.oldestRevision}, expired: ${resumed.hasExpired()}`
      breaches.push({ invariant: "resumable", detail })
    },
    lose() {
      for (const client of [...here]) part(client)
    },
    checkOne() {
      const client = here[random.below(here.length || 1)]
      if (!client) return
      check(client)
      if (client.hasEnded()) part(client)
    },
    checkAll() {
      for (const client of here) check(client)
      figures.events += here.reduce((sum, client) => sum + client.count(), 0)
    },
    breaches,
    figures,
  }
}
