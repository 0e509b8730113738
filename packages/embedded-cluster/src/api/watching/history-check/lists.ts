import { isStream, type KubeObject, type Random } from "@pilotage/kube-model"
import { presentObjects, type Server } from "./clients.ts"
import { drawSelection, type Selection } from "./selection.ts"
import type { WrittenLog } from "./written-log.ts"

interface ListBody {
  readonly metadata: { readonly resourceVersion?: string; readonly continue?: string }
  readonly items: readonly Pick<KubeObject, "metadata">[]
}

/** A list that is read page by page while others write. */
interface Reading {
  readonly selection: Selection
  readonly revision: number
  readonly token: string
  readonly items: readonly Pick<KubeObject, "metadata">[]
}

/** Lists of now, of the past and in pages; `problems` are those that were no snapshot of one revision. */
export interface Lists {
  readonly step: (server: Server) => void
  readonly problems: readonly string[]
  readonly figures: { readonly complete: number; readonly expired: number }
}

const PAST = 300

const toldAs = (objects: readonly Pick<KubeObject, "metadata">[]): string =>
  objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}`).join(" ")

export const createLists = (random: Random, log: WrittenLog): Lists => {
  let reading: Reading | undefined
  const problems: string[] = []
  const figures = { complete: 0, expired: 0 }

  const ask = ({ api }: Server, selection: Selection, more: string): { status: number; body: ListBody } => {
    const answer = api.request({
      method: "GET",
      path: `${selection.path}?limit=${1 + random.below(5)}${selection.query}${more}`,
    })
    if (isStream(answer)) throw new Error("a list is no stream")
    return { status: answer.status, body: answer.body as ListBody }
  }
  const compare = (selection: Selection, revision: number, items: Reading["items"]): void => {
    figures.complete += 1
    const expected = toldAs(presentObjects(log, selection, revision))
    if (toldAs(items) !== expected) problems.push(`at ${revision}: ${toldAs(items)}, not ${expected}`)
  }
  const take = (known: Omit<Reading, "token">, body: ListBody): void => {
    const items = [...known.items, ...body.items]
    const token = body.metadata.continue
    if (Number(body.metadata.resourceVersion) !== known.revision)
      problems.push(`a page of ${known.revision} says it is of ${body.metadata.resourceVersion}`)
    reading = token === undefined ? undefined : { ...known, items, token }
    if (token === undefined) compare(known.selection, known.revision, items)
  }
  const begin = (server: Server): void => {
    const selection = drawSelection(random)
    const { revision: now, compactedRevision } = server.store
    const past = Math.max(1, now - random.below(PAST))
    const isPast = now > 0 && random.below(2) === 0
    const { status, body } = ask(server, selection, isPast ? `&resourceVersion=${past}&resourceVersionMatch=Exact` : "")
    if (status === 410 && isPast && past < compactedRevision) figures.expired += 1
    else if (status !== 200) problems.push(`a list of ${isPast ? past : "now"} answered ${status}`)
    else take({ selection, revision: isPast ? past : now, items: [] }, body)
  }
  const goOn = (server: Server, known: Reading): void => {
    const { status, body } = ask(server, known.selection, `&continue=${known.token}`)
    if (status === 200) {
      take(known, body)
      return
    }
    reading = undefined
    figures.expired += 1
    if (status !== 410 || known.revision >= server.store.compactedRevision)
      problems.push(`a page of ${known.revision} answered ${status}`)
    const rest = ask(server, known.selection, `&continue=${body.metadata.continue}`)
    if (rest.status !== 200 || Number(rest.body.metadata.resourceVersion) !== server.store.revision)
      problems.push(`the inconsistent token of ${known.revision} answered ${rest.status}`)
  }

  return {
    step: (server) => (reading && random.below(4) > 0 ? goOn(server, reading) : begin(server)),
    problems,
    figures,
  }
}
