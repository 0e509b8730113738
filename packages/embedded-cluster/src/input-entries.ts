import type { JsonValue } from "@pilotage/kube-model"
import type { Input, InputLog } from "./cluster.ts"

type LogEntry = InputLog["entries"][number]

/** The inputs of a session with their times, of which there are only ever more. */
export interface InputEntries {
  readonly push: (entry: LogEntry) => void
  readonly all: () => readonly LogEntry[]
  /** An independent list; what is in it is shared. */
  readonly fork: () => InputEntries
}

/** So many inputs are put away together as one text: as objects they would take several times as much memory. */
const BLOCK = 128

/** What inputs of a block have in common is told once; of a request that is all but the body. */
interface Block {
  readonly start: number
  readonly heads: readonly Input[]
  /** Milliseconds since the start, which head, and the body if the request has one. */
  readonly lines: readonly (readonly [number, number] | readonly [number, number, JsonValue])[]
}

const headOf = (input: Input): Input => {
  if (input.kind !== "request") return input
  const { body: _, ...request } = input.request
  return { kind: "request", request }
}

const blockText = (entries: readonly LogEntry[]): string => {
  const start = entries[0]?.at ?? 0
  const numbers = new Map<string, number>()
  const heads: Input[] = []
  const lines = entries.map(({ at, input }): Block["lines"][number] => {
    const head = headOf(input)
    const text = JSON.stringify(head)
    const number = numbers.get(text) ?? heads.push(head) - 1
    numbers.set(text, number)
    const body = input.kind === "request" ? input.request.body : undefined
    return body === undefined ? [at - start, number] : [at - start, number, body]
  })
  return JSON.stringify({ start, heads, lines } satisfies Block)
}

const withBody = (head: Input | undefined, body: JsonValue | undefined): readonly Input[] => {
  if (head?.kind !== "request" || body === undefined) return head ? [head] : []
  return [{ kind: "request", request: { ...head.request, body } }]
}

const blockEntries = (text: string): readonly LogEntry[] => {
  const { start, heads, lines } = JSON.parse(text) as Block
  return lines.flatMap(([after, head, body]) =>
    withBody(heads[head], body).map((input) => ({ at: start + after, input })),
  )
}

const assemble = (sealed: readonly string[], given: readonly LogEntry[]): InputEntries => {
  let blocks = sealed
  let open: LogEntry[] = [...given]
  return {
    push(entry) {
      open.push(entry)
      if (open.length < BLOCK) return
      blocks = [...blocks, blockText(open)]
      open = []
    },
    all: () => [...blocks.flatMap(blockEntries), ...open],
    fork: () => assemble(blocks, open),
  }
}

export const createInputEntries = (given: readonly LogEntry[] = []): InputEntries => {
  const entries = assemble([], [])
  for (const each of given) entries.push(each)
  return entries
}
