import {
  errorsOfEach,
  type FieldError,
  invalid,
  invalids,
  notFoundValue,
  notSupported,
  refused,
  required,
} from "../field-error.ts"
import { child, children, isJson, type Json, text } from "../json-object.ts"
import { descendingPathProblems } from "./path-problems.ts"

/** The volumes of a pod by name. */
export type Volumes = ReadonlyMap<string, Json>

const propagationErrors = (mount: Json, container: Json, at: string): FieldError[] => {
  const { mountPropagation: mode } = mount
  const field = `${at}.mountPropagation`
  if (mode === undefined) return []
  const supported = ["Bidirectional", "HostToContainer", "None"]
  const errors = supported.includes(String(mode)) ? [] : [notSupported(field, mode, supported)]
  const isPrivileged = child(container, "securityContext").privileged === true
  return mode === "Bidirectional" && !isPrivileged
    ? [...errors, refused(field, "Bidirectional mount propagation is available only to privileged containers")]
    : errors
}

const READ_ONLY = ["Disabled", "Enabled", "IfPossible"]

const readOnlyErrors = (mount: Json, at: string): FieldError[] => {
  const { recursiveReadOnly: mode, mountPropagation: propagation } = mount
  const field = `${at}.recursiveReadOnly`
  if (mode === undefined || mode === "Disabled") return []
  if (!READ_ONLY.includes(String(mode))) return [notSupported(field, mode, READ_ONLY)]
  if (mount.readOnly !== true) return [refused(field, "may only be specified when readOnly is true")]
  return propagation === undefined || propagation === "None"
    ? []
    : [refused(field, "may only be specified when mountPropagation is None or not specified")]
}

const subPathErrors = (mount: Json, at: string, index: number): FieldError[] => {
  const [path, expression] = [text(mount, "subPath"), text(mount, "subPathExpr")]
  return [
    ...(path === "" ? [] : invalids(`${at}.subPath`, path, descendingPathProblems(path))),
    ...(path !== "" && expression !== ""
      ? [invalid(`${at}[${index}].subPathExpr`, expression, "subPathExpr and subPath are mutually exclusive")]
      : []),
    ...(expression === "" ? [] : invalids(`${at}.subPathExpr`, expression, descendingPathProblems(expression))),
  ]
}

const valuesOf = (container: Json, list: string, key: string): Set<string> =>
  new Set(children(container, list).map((each) => text(each, key)))

/** core/validation ValidateVolumeMounts; `at` is `spec.containers[0].volumeMounts`. */
export const mountErrors = (container: Json, volumes: Volumes, at: string): FieldError[] => {
  const paths = new Set<string>()
  const devices = valuesOf(container, "volumeDevices", "name")
  const devicePaths = valuesOf(container, "volumeDevices", "devicePath")
  return errorsOfEach(children(container, "volumeMounts"), (mount, index) => {
    const field = `${at}[${index}]`
    const [name, path] = [text(mount, "name"), text(mount, "mountPath")]
    const isAgain = paths.has(path)
    paths.add(path)
    return [
      ...(name === "" ? [required(`${field}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFoundValue(`${field}.name`, name)]),
      ...(path === "" ? [required(`${field}.mountPath`)] : []),
      ...(isAgain ? [invalid(`${field}.mountPath`, path, "must be unique")] : []),
      ...(devices.has(name) ? [invalid(`${field}.name`, name, "must not already exist in volumeDevices")] : []),
      ...(devicePaths.has(path)
        ? [invalid(`${field}.mountPath`, path, "must not already exist as a path in volumeDevices")]
        : []),
      ...subPathErrors(mount, at, index),
      ...propagationErrors(mount, container, at),
      ...readOnlyErrors(mount, at),
    ]
  })
}

const isBlockVolume = (volume: Json): boolean => isJson(volume.persistentVolumeClaim) || isJson(volume.ephemeral)

/** core/validation ValidateVolumeDevices; `at` is `spec.containers[0].volumeDevices`. */
export const deviceErrors = (container: Json, volumes: Volumes, at: string): FieldError[] => {
  const names = new Set<string>()
  const paths = new Set<string>()
  const mounts = valuesOf(container, "volumeMounts", "name")
  const mountPaths = valuesOf(container, "volumeMounts", "mountPath")
  return errorsOfEach(children(container, "volumeDevices"), (device, index) => {
    const field = `${at}[${index}]`
    const [name, path] = [text(device, "name"), text(device, "devicePath")]
    const [isNameAgain, isPathAgain] = [names.has(name), paths.has(path)]
    names.add(name)
    paths.add(path)
    const volume = volumes.get(name)
    return [
      ...(name === "" ? [required(`${field}.name`)] : []),
      ...(isNameAgain ? [invalid(`${field}.name`, name, "must be unique")] : []),
      ...(volume && !isBlockVolume(volume)
        ? [
            invalid(
              `${field}.name`,
              name,
              "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
            ),
          ]
        : []),
      ...(volume ? [] : [notFoundValue(`${field}.name`, name)]),
      ...(path === "" ? [required(`${field}.devicePath`)] : []),
      ...(isPathAgain ? [invalid(`${field}.devicePath`, path, "must be unique")] : []),
      ...(path.split("/").includes("..")
        ? [invalid(`${field}.devicePath`, path, "can not contain backsteps ('..')")]
        : []),
      ...(mounts.has(name) ? [invalid(`${field}.name`, name, "must not already exist in volumeMounts")] : []),
      ...(mountPaths.has(path)
        ? [invalid(`${field}.devicePath`, path, "must not already exist as a path in volumeMounts")]
        : []),
    ]
  })
}
