import { nameOf } from "../machines/path.ts"
import type { Station } from "../machines/station.ts"
import type { Program } from "./program.ts"
import { BROUGHT_PROGRAMS, TEXT_PROGRAMS, WORKSTATION_PROGRAMS } from "./table.ts"

const entry = (table: Readonly<Record<string, Program>>, name: string): Program | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/**
 * A program by its name or path, when the machine has it. An image with a shell has the everyday tools too; what talks
 * to the network is there only when the image brings it.
 */
export const findProgram = (station: Station, name: string): Program | undefined => {
  if (name.includes("/") && !/^\/(usr\/)?(local\/)?s?bin\/[^/]+$/.test(name)) return undefined
  const plain = nameOf(name)
  if (station.isWorkstation)
    return entry(WORKSTATION_PROGRAMS, plain) ?? entry(TEXT_PROGRAMS, plain) ?? entry(BROUGHT_PROGRAMS, plain)
  const { programs } = station.machine
  if (programs.includes(plain)) return entry(TEXT_PROGRAMS, plain) ?? entry(BROUGHT_PROGRAMS, plain)
  return programs.includes("sh") ? entry(TEXT_PROGRAMS, plain) : undefined
}

/** Names that completion offers. */
export const programNames = (station: Station): readonly string[] =>
  [...Object.keys(WORKSTATION_PROGRAMS), ...Object.keys(TEXT_PROGRAMS), ...Object.keys(BROUGHT_PROGRAMS)].filter(
    (name) => findProgram(station, name) !== undefined,
  )
