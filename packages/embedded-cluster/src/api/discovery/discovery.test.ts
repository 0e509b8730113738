import { describe, expect, test } from "vitest"
import recorded from "../../golden/discovery.json" with { type: "json" }
import { testApi } from "../test-api.ts"
import { SERVED_VERSIONS } from "./served-groups.ts"

type Json = Readonly<Record<string, unknown>>
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const { api } = testApi()
const get = (path: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  api.request({ method: "GET", path, headers }) as Answer
const body = <T = Json>(path: string, headers: Readonly<Record<string, string>> = {}): T => get(path, headers).body as T

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"

interface Entry {
  readonly name: string
}
interface ResourceList {
  readonly resources: readonly Entry[]
}

/** Subresources that are served, of a list recorded from a server that has them all. */
const servedOf = (path: string, all: ResourceList): ResourceList => {
  const names = new Set(body<ResourceList>(path).resources.map(({ name }) => name))
  return { ...all, resources: all.resources.filter(({ name }) => names.has(name)) }
}

describe("the list of a version's resources", () => {
  test.each(Object.entries(recorded.resourceLists))("%s is what a real server says of what is served", (path, list) => {
    expect(body(path)).toEqual(servedOf(path, list))
    expect(body<ResourceList>(path).resources.length).toBeGreaterThan(0)
  })

  test("`kubectl get svc,deploy,ep` find their resources", () => {
    const names = SERVED_VERSIONS.flatMap(({ path }) => body<ResourceList>(path).resources.map(({ name }) => name))
    expect(names).toEqual(expect.arrayContaining(["services", "deployments", "endpoints", "pods/log"]))
  })
})

describe("groups", () => {
  test("are told in the order of a real server, with their versions", () => {
    const ours = body<{ groups: readonly Entry[] }>("/apis").groups
    const theirs = recorded.groups.groups.filter(({ name }) => ours.some((each) => each.name === name))
    expect(ours.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name))
    expect(ours.find(({ name }) => name === "apps")).toEqual(theirs.find(({ name }) => name === "apps"))
  })

  test("one alone says its kind", () => {
    expect(body("/apis/apps")).toEqual(recorded.group)
    expect(get("/apis/nope")).toMatchObject({ status: 404, body: "404 page not found\n" })
  })

  test("`/api` names the core versions", () => {
    expect(body("/api")).toEqual({
      ...recorded.api,
      serverAddressByClientCIDRs: [expect.objectContaining({ clientCIDR: "0.0.0.0/0" })],
    })
  })
})

describe("aggregated discovery", () => {
  interface List {
    readonly items: readonly {
      metadata: { name?: string }
      versions: readonly { version: string; resources: readonly Resource[] }[]
    }[]
  }
  interface Resource {
    readonly resource: string
    readonly subresources?: readonly { readonly subresource: string }[]
  }
  const flat = (list: List): ReadonlyMap<string, Resource> =>
    new Map(
      list.items.flatMap(({ metadata, versions }) =>
        versions.flatMap(({ version, resources }) =>
          resources.map((each) => [`${metadata.name ?? ""}/${version}/${each.resource}`, each]),
        ),
      ),
    )

  test.each(["/api", "/apis"] as const)("%s says of each resource what a real server says", (path) => {
    const theirs = flat(recorded.aggregated[path] as List)
    const ours = flat(body<List>(path, { accept: AGGREGATED }))
    expect([...ours.keys()]).toEqual([...theirs.keys()].filter((key) => ours.has(key)))
    for (const [key, each] of ours) {
      const { subresources = [], ...rest } = theirs.get(key) ?? { resource: "" }
      const served = new Set(each.subresources?.map(({ subresource }) => subresource))
      const kept = subresources.filter(({ subresource }) => served.has(subresource))
      expect(each).toEqual(kept.length > 0 ? { ...rest, subresources: kept } : rest)
    }
  })

  test("has its own content type, and 304 for those who have it", () => {
    const { headers } = get("/apis", { accept: AGGREGATED })
    expect(headers).toMatchObject({
      "content-type": "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
      "cache-control": "public",
      vary: "Accept",
    })
    expect(get("/apis", { accept: AGGREGATED, "if-none-match": headers.etag ?? "" }).status).toBe(304)
  })

  test("comes in the version that is asked for first and known", () => {
    const v2beta1 = AGGREGATED.replace("v=v2", "v=v2beta1")
    expect(body("/api", { accept: v2beta1 }).apiVersion).toBe("apidiscovery.k8s.io/v2beta1")
    expect(body("/api", { accept: AGGREGATED.replace("v=v2", "v=v9") }).kind).toBe("APIVersions")
    expect(body("/api", { accept: `application/json,${AGGREGATED}` }).kind).toBe("APIVersions")
    expect(body("/api", { accept: "*/*" }).kind).toBe("APIVersions")
  })
})

describe("beside resources", () => {
  test("`/version` is that of the recorded server but for its build", () => {
    expect(body("/version")).toEqual({ ...recorded.version, gitCommit: expect.any(String) })
  })

  test("`/` names paths that answer, and none that a real server has not", () => {
    const { paths } = body<{ paths: readonly string[] }>("/")
    const unknown = paths.filter((path) => !path.includes("z/") && !recorded.rootPaths.includes(path))
    expect(unknown).toEqual([])
    for (const path of paths) expect([path, get(path).status]).toEqual([path, 200])
  })

  test("health is `ok`, or a line for each check", () => {
    for (const path of ["/healthz", "/livez", "/readyz", "/livez/ping"])
      expect(get(path)).toMatchObject({ status: 200, body: "ok" })
    const lines = String(get("/livez?verbose").body).split("\n")
    expect(lines).toHaveLength(37)
    expect(lines.slice(0, 4)).toEqual(["[+]ping ok", "[+]log ok", "[+]loopback-serving-certificate ok", "[+]etcd ok"])
    expect(lines.slice(-2)).toEqual(["livez check passed", ""])
    expect(get("/livez?verbose&exclude=etcd").body).toContain("[+]etcd excluded: ok\n")
    expect(get("/livez/nope").status).toBe(404)
  })

  test("metrics count what is stored", () => {
    expect(get("/metrics").body).toContain('\napiserver_resource_objects{group="apps",resource="deployments"} 0\n')
  })

  test("nothing else is there", () => {
    for (const path of ["/nope", "/apis/nope/v1", "/api/v2", "/version/x", "/openapi", "/constructor"])
      expect(get(path)).toMatchObject({ status: 404, body: "404 page not found\n" })
    expect(api.request({ method: "POST", path: "/version" })).toMatchObject({ status: 404 })
  })
})
