import { clusterIPRange, staticPortBand } from "@pilotage/embedded-cluster/judging"
import { z } from "zod"
import { problemIn, readJson } from "../case-file.ts"
import { compared, type JudgedCase } from "../verdict.ts"
import { canonicalText } from "./json.ts"

const rowsSchema = z.array(
  z.union([
    z.object({
      id: z.string(),
      cidr: z.string(),
      expect: z.object({
        hostsPerNetwork: z.string().optional(),
        rangeOffset: z.number().optional(),
        broadcastAddress: z.string().optional(),
      }),
    }),
    z.object({ id: z.string(), address: z.string(), offset: z.string(), expect: z.object({ address: z.string() }) }),
    z.object({ id: z.string(), base: z.number(), size: z.number(), expect: z.object({ rangeOffset: z.number() }) }),
  ]),
)

type Row = z.infer<typeof rowsSchema>[number]

/** Ours, with what the row does not ask for too. */
const found = (row: Row): Readonly<Record<string, unknown>> | undefined => {
  if ("size" in row) return { rangeOffset: staticPortBand({ from: row.base, to: row.base + row.size - 1 }) }
  if ("address" in row) {
    const range = clusterIPRange(`${row.address}/${row.address.includes(":") ? 128 : 32}`)
    return range && { address: range.at(BigInt(row.offset)) }
  }
  const range = clusterIPRange(row.cidr)
  return (
    range && {
      hostsPerNetwork: String(range.size),
      rangeOffset: Number(range.staticBand),
      broadcastAddress: range.last,
    }
  )
}

/** allocator-offsets: sizes and parts of the ranges of addresses and node ports. */
export function* judgeAllocatorOffsets(file: string): Iterable<JudgedCase> {
  for (const [index, row] of readJson(file, rowsSchema).entries()) {
    const ours = found(row)
    if (!ours) throw problemIn(file, [index], "neither a range nor an address")
    const asked = Object.keys(row.expect).map((key) => [key, ours[key]] as const)
    yield { id: row.id, outcome: compared(canonicalText(row.expect), canonicalText(Object.fromEntries(asked))) }
  }
}
