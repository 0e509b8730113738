import type { KubeRequest, KubeResponse } from "@pilotage/kube-model"
import type { StoreView } from "../../store-types.ts"
import { answerKept, type KeptDocument } from "../kept-answer.ts"
import { OPENAPI_PATHS, openapiAnswer } from "../openapi/openapi.ts"
import type { Query } from "../request-path.ts"
import { answer, textAnswer } from "../status.ts"
import { textHash } from "../text-hash.ts"
import { type AggregatedVersion, aggregatedCore, aggregatedGroups, aggregatedVersion } from "./aggregated.ts"
import { type Catalog, keptByCatalog } from "./catalog.ts"
import { HEALTH_PATHS, health, isHealthEndpoint } from "./health.ts"
import { metricsAnswer } from "./metrics.ts"
import { coreVersions, groupDocument, groupList, resourceList } from "./resource-lists.ts"
import { VERSION } from "./version.ts"

/** `/`: every path that answers something that is not a resource. */
const rootPaths = (catalog: Catalog): object => {
  const groups = [...catalog.groups].flatMap(([name, versions]) => [
    `/apis/${name}`,
    ...versions.map(({ path }) => path),
  ])
  const paths = [
    "/api",
    "/api/v1",
    "/apis",
    "/apis/",
    "/metrics",
    "/version",
    ...groups,
    ...HEALTH_PATHS,
    ...OPENAPI_PATHS,
  ]
  return { paths: paths.toSorted() }
}

/** Documents by path, each made when it is first asked for. */
const documentAt = keptByCatalog((catalog, path: string): object | undefined => {
  const version = catalog.versions.find((each) => each.path === path)
  if (version) return resourceList(version)
  if (path === "/") return rootPaths(catalog)
  if (path === "/version") return VERSION
  if (path === "/api") return coreVersions()
  if (path === "/apis") return groupList(catalog.groups)
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1] ?? ""
  const versions = catalog.groups.get(group)
  return versions && groupDocument(group, versions)
})

const aggregated = keptByCatalog(
  (catalog, key: `/api ${AggregatedVersion}` | `/apis ${AggregatedVersion}`): KeptDocument => {
    const version = key.endsWith("v2") ? "v2" : "v2beta1"
    const body = key.startsWith("/apis") ? aggregatedGroups(version, catalog.groups) : aggregatedCore(version)
    const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`
    return { body, etag: textHash(JSON.stringify(body)), headers: { "content-type": type, "cache-control": "public" } }
  },
)

interface Served {
  readonly catalog: Catalog
  readonly store: Pick<StoreView, "list">
}

const found = (
  { catalog, store }: Served,
  path: readonly string[],
  query: Query,
  headers: Headers,
): KubeResponse | undefined => {
  const [root = "", ...rest] = path
  const whole = `/${path.join("/")}`
  if (whole === "/api" || whole === "/apis") {
    const version = aggregatedVersion(headers.accept ?? "")
    if (version !== undefined) return answerKept(aggregated(catalog, `${whole} ${version}`), headers)
  }
  if (whole === "/metrics") return metricsAnswer(catalog, store)
  if (isHealthEndpoint(root)) return health(root, rest.length > 0 ? rest.join("/") : undefined, query)
  if (root === "openapi") return openapiAnswer(rest, { catalog, query, headers })
  // Only paths that are short are remembered, so that nobody can fill the memory with others.
  const document = path.length <= 3 && known(catalog, "paths").has(whole) ? documentAt(catalog, whole) : undefined
  return document && answer(200, document)
}

type Headers = NonNullable<KubeRequest["headers"]>

const known = keptByCatalog(
  ({ versions, groups }, _: "paths"): ReadonlySet<string> =>
    new Set([
      "/",
      "/version",
      "/api",
      "/apis",
      ...versions.map(({ path }) => path),
      ...[...groups.keys()].map((name) => `/apis/${name}`),
    ]),
)

/** What is not a resource: `/version`, `/api…`, `/apis…`, `/openapi…`, health; anything else is not there. */
export const discover = (
  served: Served,
  path: readonly string[],
  { method, query, headers }: { readonly method: string; readonly query: Query; readonly headers: Headers },
): KubeResponse =>
  (method === "GET" ? found(served, path, query, headers) : undefined) ?? textAnswer(404, "404 page not found\n")
