import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { type Description, orUnset } from "./writer.ts"

const writeProjected = (to: Description, projected: JsonRecord): void => {
  to.line(2, "Type:\tProjected (a volume that contains injected data from multiple sources)")
  for (const source of records(projected.sources)) {
    const { secret, configMap, downwardAPI, serviceAccountToken } = source
    if (isRecord(secret)) {
      to.line(2, `SecretName:\t${text(secret.name)}`)
      to.line(2, `Optional:\t${secret.optional === true}`)
    } else if (isRecord(downwardAPI)) to.line(2, "DownwardAPI:\ttrue")
    else if (isRecord(configMap)) {
      to.line(2, `ConfigMapName:\t${text(configMap.name)}`)
      to.line(2, `Optional:\t${configMap.optional === true}`)
    } else if (isRecord(serviceAccountToken))
      to.line(2, `TokenExpirationSeconds:\t${Number(serviceAccountToken.expirationSeconds ?? 0)}`)
  }
}

const writeSource = (to: Description, volume: JsonRecord): void => {
  const { emptyDir, configMap, secret, hostPath, projected } = volume
  if (isRecord(projected)) writeProjected(to, projected)
  else if (isRecord(emptyDir)) {
    to.line(2, "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)")
    to.line(2, `Medium:\t${text(emptyDir.medium)}`)
    to.line(2, `SizeLimit:\t${orUnset(text(emptyDir.sizeLimit))}`)
  } else if (isRecord(configMap)) {
    to.line(2, "Type:\tConfigMap (a volume populated by a ConfigMap)")
    to.line(2, `Name:\t${text(configMap.name)}`)
    to.line(2, `Optional:\t${configMap.optional === true}`)
  } else if (isRecord(secret)) {
    to.line(2, "Type:\tSecret (a volume populated by a Secret)")
    to.line(2, `SecretName:\t${text(secret.secretName)}`)
    to.line(2, `Optional:\t${secret.optional === true}`)
  } else if (isRecord(hostPath)) {
    to.line(2, "Type:\tHostPath (bare host directory volume)")
    to.line(2, `Path:\t${text(hostPath.path)}`)
    to.line(2, `HostPathType:\t${text(hostPath.type)}`)
  } else to.line(2, "<unknown>")
}

export const writeVolumes = (to: Description, spec: unknown, indent: "" | "  "): void => {
  const volumes = records(at(spec, "volumes"))
  if (volumes.length === 0) {
    to.line(0, `${indent}Volumes:\t<none>`)
    return
  }
  to.line(0, `${indent}Volumes:`)
  for (const volume of volumes) {
    to.line(1, `${indent === "" ? "" : " "}${text(volume.name)}:`)
    writeSource(to, volume)
  }
}

const tolerationText = (toleration: JsonRecord): string => {
  const key = text(toleration.key)
  const effect = text(toleration.effect)
  const value = text(toleration.value)
  const exists = toleration.operator === "Exists" && value === ""
  return [
    `${key}${value === "" ? "" : `=${value}`}${effect === "" ? "" : `:${effect}`}`,
    exists ? `${key !== "" || effect !== "" ? " " : ""}op=Exists` : "",
    typeof toleration.tolerationSeconds === "number" ? ` for ${toleration.tolerationSeconds}s` : "",
  ].join("")
}

export const writeTolerations = (to: Description, title: string, spec: unknown): void => {
  const tolerations = [...records(at(spec, "tolerations"))].sort((left, right) =>
    text(left.key) < text(right.key) ? -1 : 1,
  )
  if (tolerations.length === 0) to.line(0, `${title}:\t<none>`)
  for (const [index, each] of tolerations.entries())
    to.line(0, `${index === 0 ? `${title}:` : ""}\t${tolerationText(each)}`)
}
