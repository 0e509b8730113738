import { err, isStream, type KubeAnswer, ok, type Pod, type Result, type Status } from "@pilotage/kube-model"
import { type Call, type LogOptions, stored, subjectOf } from "./call.ts"
import { containerOf } from "./pod-container.ts"
import { failure, methodNotAllowed, notFound } from "./status.ts"

const flag = (call: Call, name: string): boolean => {
  const value = call.query.get(name)
  return value === "true" || value === "1"
}

const count = (call: Call, name: string): number | undefined => {
  const value = call.query.get(name)
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined
}

const options = (call: Call): LogOptions => {
  const [tailLines, sinceSeconds, limitBytes] = [
    count(call, "tailLines"),
    count(call, "sinceSeconds"),
    count(call, "limitBytes"),
  ]
  return {
    follow: flag(call, "follow"),
    previous: flag(call, "previous"),
    timestamps: flag(call, "timestamps"),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(sinceSeconds === undefined ? {} : { sinceSeconds }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  }
}

export const podLog = (call: Call): Result<KubeAnswer, Status> => {
  if (call.method !== "GET") return err(methodNotAllowed())
  const pod = stored(call) as Pod | undefined
  if (!pod) return err(notFound(subjectOf(call)))
  const container = containerOf(pod, call.query.get("container") ?? "")
  if (!container.ok) return container
  if (!call.hooks.podLogs) return err(failure(501, "NotImplemented", "this cluster keeps no logs"))
  const logs = call.hooks.podLogs(call.namespace, call.name, container.value, options(call))
  if (!logs.ok) return logs
  if (typeof logs.value !== "string" && isStream(logs.value)) return ok(logs.value)
  return ok({ status: 200, headers: { "content-type": "text/plain" }, body: logs.value })
}
