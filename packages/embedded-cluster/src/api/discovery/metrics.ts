import type { KubeResponse } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import type { Catalog } from "./catalog.ts"
import { VERSION } from "./version.ts"

const quoted = (labels: Readonly<Record<string, string | number>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(String(value))}`)
    .join(",")

const family = (name: string, help: string, samples: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...samples.map((sample) => `${name}${sample}`), ""].join("\n")

/**
 * `/metrics` in the text format of Prometheus: which server this is and how many objects of each resource it stores.
 * What a real server measures of itself (times, queues, memory) is not there.
 */
export const metricsAnswer = (catalog: Catalog, store: Pick<StoreView, "list">): KubeResponse => {
  const { buildDate, compiler, gitCommit, gitTreeState, gitVersion, goVersion, major, minor, platform } = VERSION
  const build = {
    build_date: buildDate,
    compiler,
    git_commit: gitCommit,
    git_tree_state: gitTreeState,
    git_version: gitVersion,
    go_version: goVersion,
    major,
    minor,
    platform,
  }
  const stored = catalog.versions
    .flatMap(({ resources }) => resources)
    .filter((info) => !info.createOnly && !info.readOnly && !info.conversion)
    .map(({ group, resource, stored: key }) => `{${quoted({ group, resource })}} ${store.list(key).length}`)
    .sort()
  const body = [
    family("apiserver_resource_objects", "Number of stored objects of a resource.", stored),
    family("kubernetes_build_info", "What was built, from what; the value is always 1.", [`{${quoted(build)}} 1`]),
  ].join("")
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8; escaping=underscores" }
  return { status: 200, headers, body }
}
