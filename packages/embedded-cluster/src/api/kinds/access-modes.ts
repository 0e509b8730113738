import { type FieldError, notSupported, refused, required } from "../field-error.ts"
import type { Json } from "../json-object.ts"

const MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

/** How a volume may be mounted: of volumes and of claims. `detail` is told when nothing is said of it. */
export const accessModeErrors = (spec: Json, at: string, detail = ""): FieldError[] => {
  const modes = Array.isArray(spec.accessModes) ? spec.accessModes.map(String) : []
  const field = `${at}.accessModes`
  if (modes.length === 0) return [required(field, detail)]
  const errors = modes.filter((mode) => !MODES.includes(mode)).map((mode) => notSupported(field, mode, MODES))
  const others = modes.filter((mode) => mode !== "ReadWriteOncePod" && MODES.includes(mode))
  if (modes.includes("ReadWriteOncePod") && others.length > 0)
    errors.push(refused(field, "may not use ReadWriteOncePod with other access modes"))
  return errors
}

export const volumeModeErrors = (mode: unknown, at: string): FieldError[] =>
  mode === undefined || mode === "Block" || mode === "Filesystem"
    ? []
    : [notSupported(`${at}.volumeMode`, mode, ["Block", "Filesystem"])]
