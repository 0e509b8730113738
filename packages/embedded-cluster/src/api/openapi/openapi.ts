import type { KubeRequest, KubeResponse } from "@pilotage/kube-model"
import { type Catalog, keptByCatalog } from "../discovery/catalog.ts"
import type { ServedVersion } from "../discovery/served-groups.ts"
import { answerKept, type KeptDocument } from "../kept-answer.ts"
import type { Query } from "../request-path.ts"
import { textAnswer } from "../status.ts"
import { textHash } from "../text-hash.ts"
import { documentV2 } from "./document-v2.ts"
import { documentV3 } from "./document-v3.ts"
import { protobufV2 } from "./protobuf-v2.ts"

export const OPENAPI_PATHS: readonly string[] = ["/openapi/v2", "/openapi/v3", "/openapi/v3/"]

const CACHE = { "cache-control": "no-cache, private" }

const versionDocument = keptByCatalog((_: Catalog, served: ServedVersion): KeptDocument => {
  const body = JSON.stringify(documentV3(served))
  return { body, etag: textHash(body), headers: { ...CACHE, "content-type": "application/json" } }
})

/** `api/v1`, `apis/apps/v1`. */
const keyOf = ({ path }: ServedVersion): string => path.slice(1)

const urlOf = (catalog: Catalog, served: ServedVersion): string =>
  `/openapi/v3${served.path}?hash=${versionDocument(catalog, served).etag}`

const index = keptByCatalog((catalog, _: "v3"): KeptDocument => {
  const paths = catalog.versions.map(
    (served) => [keyOf(served), { serverRelativeURL: urlOf(catalog, served) }] as const,
  )
  const body = JSON.stringify({ paths: Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1))) })
  return { body, etag: textHash(body), headers: { ...CACHE, "content-type": "text/plain; charset=utf-8" } }
})

const PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

const wholeDocument = keptByCatalog((catalog, form: "json" | "protobuf"): KeptDocument => {
  const document = documentV2(catalog.versions)
  const text = JSON.stringify(document)
  const etag = textHash(text)
  return form === "json"
    ? { body: text, etag, headers: { ...CACHE, "content-type": "application/json" } }
    : { body: protobufV2(document), etag: `${etag}-P`, headers: { ...CACHE, "content-type": PROTOBUF } }
})

/** The first form that is asked for and there is; `@v1.0` is how clients up to 1.26 write it. */
const formOf = (accept: string): "json" | "protobuf" | undefined => {
  for (const clause of accept.split(",")) {
    const type = clause.split(";")[0]?.trim() ?? ""
    if (["application/json", "application/*", "*/*", ""].includes(type)) return "json"
    if (type.replace("@v1.0", ".v1.0") === PROTOBUF) return "protobuf"
  }
  return undefined
}

export interface OpenapiRequest {
  readonly catalog: Catalog
  readonly query: Query
  readonly headers: NonNullable<KubeRequest["headers"]>
}

/**
 * A document under the hash that the index gives may be kept for good; another hash leads to the right one
 * (kube-openapi `handler3`).
 */
const answerVersion = (served: ServedVersion, { catalog, query, headers }: OpenapiRequest): KubeResponse => {
  const document = versionDocument(catalog, served)
  const hash = query.get("hash")
  if (hash === undefined || hash === "") return answerKept(document, headers)
  if (hash !== document.etag) return { status: 301, headers: { ...CACHE, location: urlOf(catalog, served) }, body: "" }
  const forGood = { ...document.headers, "cache-control": "public, immutable, max-age=31536000" }
  return answerKept({ ...document, headers: forGood }, headers)
}

/** What is below `/openapi`; undefined: nothing. */
export const openapiAnswer = (path: readonly string[], request: OpenapiRequest): KubeResponse | undefined => {
  const [version, ...rest] = path
  if (version === "v2" && rest.length === 0) {
    const form = formOf(request.headers.accept ?? "")
    return form
      ? answerKept(wholeDocument(request.catalog, form), request.headers)
      : textAnswer(406, "Not Acceptable\n")
  }
  if (version !== "v3") return undefined
  if (rest.length === 0) return answerKept(index(request.catalog, "v3"), request.headers)
  const served = request.catalog.versions.find((each) => keyOf(each) === rest.join("/"))
  return served && answerVersion(served, request)
}
