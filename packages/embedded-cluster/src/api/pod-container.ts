import { err, ok, type Pod, type Result, type Status } from "@pilotage/kube-model"
import { badRequest } from "./status.ts"

/** The container that is asked for; a pod with several must be asked for one by name (registry/core/pod/strategy.go). */
export const containerOf = (pod: Pod, asked: string): Result<string, Status> => {
  const names = pod.spec.containers.map((each) => each.name)
  const initNames = (pod.spec.initContainers ?? []).map((each) => each.name)
  if (asked !== "") {
    if (names.includes(asked) || initNames.includes(asked)) return ok(asked)
    return err(badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`))
  }
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return ok(only)
  const init = initNames.length > 0 ? ` or one of the init containers: [${initNames.join(" ")}]` : ""
  return err(
    badRequest(
      `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(" ")}]${init}`,
    ),
  )
}
