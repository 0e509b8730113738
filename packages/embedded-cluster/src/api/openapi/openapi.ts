import type { KubeRequest, KubeResponse } from "@pilotage/kube-model"
import { SERVED_VERSIONS, type ServedVersion } from "../discovery/served-groups.ts"
import { answerKept, type KeptDocument, kept } from "../kept-answer.ts"
import { textHash } from "../text-hash.ts"
import { documentV3 } from "./document-v3.ts"

export const OPENAPI_PATHS: readonly string[] = ["/openapi/v3", "/openapi/v3/"]

const CACHE = { "cache-control": "no-cache, private" }

const textDocument = kept((served: ServedVersion): KeptDocument => {
  const body = JSON.stringify(documentV3(served))
  return { body, etag: textHash(body), headers: { ...CACHE, "content-type": "application/json" } }
})

/** `api/v1`, `apis/apps/v1`. */
const keyOf = ({ path }: ServedVersion): string => path.slice(1)

const index = kept((_: "v3"): KeptDocument => {
  const paths = SERVED_VERSIONS.map((served) => {
    const hash = textDocument(served).etag
    return [keyOf(served), { serverRelativeURL: `/openapi/v3${served.path}?hash=${hash}` }] as const
  })
  const body = JSON.stringify({ paths: Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1))) })
  return { body, etag: textHash(body), headers: { ...CACHE, "content-type": "text/plain; charset=utf-8" } }
})

/** What is below `/openapi`; undefined: nothing. */
export const openapiAnswer = (
  path: readonly string[],
  headers: NonNullable<KubeRequest["headers"]>,
): KubeResponse | undefined => {
  const [version, ...rest] = path
  if (version !== "v3") return undefined
  if (rest.length === 0) return answerKept(index("v3"), headers)
  const served = SERVED_VERSIONS.find((each) => keyOf(each) === rest.join("/"))
  return served && answerKept(textDocument(served), headers)
}
