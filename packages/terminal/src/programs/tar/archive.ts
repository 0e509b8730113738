import { bytesOfText, textOfBytes } from "../../streams/byte-text.ts"

/** A member of an archive. Links and devices have no place in a container's files here. */
export interface Member {
  readonly kind: "file" | "folder" | "other"
  /** As written, a folder's without the slash at its end. */
  readonly name: string
  readonly text: string
}

const BLOCK = 512

/** Offsets and lengths in a header (POSIX ustar). */
const NAME = [0, 100] as const
const MODE = [100, 8] as const
const UID = [108, 8] as const
const GID = [116, 8] as const
const SIZE = [124, 12] as const
const TIME = [136, 12] as const
const SUM = [148, 8] as const
const TYPE = [156, 1] as const
const MAGIC = [257, 8] as const
const OWNER = [265, 32] as const
const GROUP = [297, 32] as const
const PREFIX = [345, 155] as const

type Field = readonly [number, number]

const field = (header: Uint8Array, [from, length]: Field): string => {
  const bytes = header.subarray(from, from + length)
  const end = bytes.indexOf(0)
  return textOfBytes(end < 0 ? bytes : bytes.subarray(0, end))
}

const octal = (header: Uint8Array, which: Field): number => Number.parseInt(field(header, which).trim() || "0", 8)

/** Bytes of the header, its own sum counted as spaces. */
const sumOf = (header: Uint8Array): number =>
  header.reduce((sum, byte, at) => sum + (at >= SUM[0] && at < SUM[0] + SUM[1] ? 0x20 : byte), 0)

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK

/** `30 path=some/long name\n` … (pax). */
const paxValues = (text: string): ReadonlyMap<string, string> => {
  const values = new Map<string, string>()
  for (const [, key = "", value = ""] of text.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)) values.set(key, value)
  return values
}

/** The members of an archive; undefined: it is none, or ends too early. Long names come as pax or GNU members of their own. */
export const readArchive = (text: string): readonly Member[] | undefined => {
  const bytes = bytesOfText(text)
  const members: Member[] = []
  let longName: string | undefined
  for (let at = 0; at < bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) return members
    const size = octal(header, SIZE)
    const isWhole = header.length === BLOCK && Number.isSafeInteger(size) && size >= 0
    if (!isWhole || sumOf(header) !== octal(header, SUM) || at + BLOCK + size > bytes.length) return undefined
    const content = textOfBytes(bytes.subarray(at + BLOCK, at + BLOCK + size))
    at += BLOCK + padded(size)
    const type = field(header, TYPE)
    if (type === "x") longName = paxValues(content).get("path") ?? longName
    else if (type === "L") longName = content.replace(/\0+$/, "")
    else if (type !== "g") {
      const prefix = field(header, MAGIC).startsWith("ustar") ? field(header, PREFIX) : ""
      const name = longName ?? (prefix === "" ? field(header, NAME) : `${prefix}/${field(header, NAME)}`)
      const kind = type === "5" || name.endsWith("/") ? "folder" : ["", "0", "7"].includes(type) ? "file" : "other"
      members.push({ kind, name: name.replace(/\/+$/, ""), text: kind === "file" ? content : "" })
      longName = undefined
    }
  }
  return members
}

/** A name of up to 255 bytes in its two fields, cut at a slash. */
const split = (name: string): readonly [prefix: string, rest: string] => {
  if (bytesOfText(name).length <= NAME[1]) return ["", name]
  for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
    const rest = name.slice(at + 1)
    if (rest !== "" && bytesOfText(rest).length <= NAME[1]) return [name.slice(0, at), rest]
  }
  return ["", name]
}

const member = ({ kind, name, text }: Member, owner: string, seconds: number): Uint8Array => {
  const content = bytesOfText(text)
  const bytes = new Uint8Array(BLOCK + padded(content.length))
  const [prefix, rest] = split(kind === "folder" ? `${name}/` : name)
  const put = ([from, length]: Field, value: string): void => bytes.set(bytesOfText(value).subarray(0, length), from)
  const number = (which: Field, value: number): void => put(which, `${value.toString(8).padStart(which[1] - 1, "0")}\0`)
  put(NAME, rest)
  number(MODE, kind === "folder" ? 0o755 : 0o644)
  number(UID, owner === "root" ? 0 : 1000)
  number(GID, owner === "root" ? 0 : 1000)
  number(SIZE, content.length)
  number(TIME, seconds)
  put(TYPE, kind === "folder" ? "5" : "0")
  put(MAGIC, "ustar\u000000")
  put(OWNER, owner)
  put(GROUP, owner)
  put(PREFIX, prefix)
  put(SUM, `${sumOf(bytes.subarray(0, BLOCK)).toString(8).padStart(6, "0")}\0 `)
  bytes.set(content, BLOCK)
  return bytes
}

/** One member as it stands in an archive. `seconds`: since 1970. */
export const writeMember = (given: Member, owner: string, seconds: number): string =>
  textOfBytes(member(given, owner, seconds))

/** Two empty blocks. */
export const ARCHIVE_END = "\0".repeat(2 * BLOCK)
