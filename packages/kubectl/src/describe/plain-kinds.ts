import { at, isRecord, text } from "../json-value.ts"
import type { LiveObject } from "../resources/selected.ts"
import type { Session } from "../session.ts"
import { toYaml } from "../yaml/emit.ts"
import { type Description, writeHead } from "./writer.ts"

export const describeNamespace = async (_: Session, to: Description, { object }: LiveObject): Promise<void> => {
  writeHead(to, object)
  to.line(0, `Status:\t${text(at(object, "status", "phase"))}`)
  to.line(0, "")
  to.line(0, "No resource quota.")
  to.line(0, "")
  to.line(0, "No LimitRange resource.")
}

export const describeConfigMap = async (_: Session, to: Description, { object }: LiveObject): Promise<void> => {
  writeHead(to, object)
  to.line(0, "")
  to.line(0, "Data")
  to.line(0, "====")
  const data = isRecord(object.data) ? object.data : {}
  for (const key of Object.keys(data).sort()) {
    to.line(0, `${key}:`)
    to.line(0, "----")
    to.line(0, text(data[key]))
    to.line(0, "")
  }
  to.line(0, "")
  to.line(0, "BinaryData")
  to.line(0, "====")
  to.line(0, "")
}

/** Kinds without a description of their own: the head, then the rest of the object as YAML. */
export const describeAnything = async (_: Session, to: Description, { object }: LiveObject): Promise<void> => {
  writeHead(to, object)
  const rest = Object.fromEntries(Object.entries(object).filter(([field]) => field !== "metadata"))
  for (const line of toYaml(rest).trimEnd().split("\n")) to.line(0, line)
}
