import { err, type KubeRequest, ok, type PlainKubeRequest, type Result, type Status } from "@pilotage/kube-model"
import { BODY_LIMIT, unknownFormat } from "./body.ts"
import { hexSummary, utf8Text } from "./protobuf/byte-text.ts"
import { decodeProtobuf, type ProtobufFault, type TypeMeta } from "./protobuf/decode-protobuf.ts"
import { messageGroup } from "./protobuf/messages.ts"
import { cursorOf, TOO_MANY_ITEMS } from "./protobuf/wire.ts"
import { parsePath } from "./request-path.ts"
import { apiVersionOf, type ResourceInfo } from "./resources.ts"
import { badRequest, tooLarge } from "./status.ts"

const PROTOBUF = "application/vnd.kubernetes.protobuf"

const mediaType = (header: string | undefined): string => header?.split(";")[0]?.trim().toLowerCase() ?? ""

/** Kinds of the bodies that subresources take; others take the resource's own. */
const SUBRESOURCE_KINDS: Readonly<Record<string, TypeMeta>> = {
  scale: { apiVersion: "autoscaling/v1", kind: "Scale" },
  eviction: { apiVersion: "policy/v1", kind: "Eviction" },
  binding: { apiVersion: "v1", kind: "Binding" },
  token: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" },
}

const expectedType = (method: KubeRequest["method"], info: ResourceInfo, subresource: string): TypeMeta => {
  if (method === "DELETE") return { apiVersion: "v1", kind: "DeleteOptions" }
  return SUBRESOURCE_KINDS[subresource] ?? { apiVersion: apiVersionOf(info), kind: info.kind }
}

/** In the words of endpoints/handlers/rest.go transformDecodeError; a delete passes on the decoder's own. */
const refusal = (method: string, fault: ProtobufFault, expected: TypeMeta, bytes: Uint8Array): Status => {
  if (fault.message === TOO_MANY_ITEMS) return tooLarge(BODY_LIMIT)
  if (method === "DELETE") return badRequest(fault.message)
  if (fault.type) {
    const version = fault.type.apiVersion.split("/").at(-1) ?? ""
    return badRequest(
      `${fault.type.kind} in version ${JSON.stringify(version)} cannot be handled as a ${expected.kind}: ${fault.message}`,
    )
  }
  const given = bytes[0] === 0x7b ? utf8Text(cursorOf(bytes.subarray(0, 30))) : hexSummary(bytes, 30)
  const shown = bytes[0] === 0x7b && bytes.length > 30 ? `${given} ...` : given
  return badRequest(
    `the object provided is unrecognized (must be of type ${expected.kind}): ${fault.message} (${shown})`,
  )
}

const withoutBody = ({ body: _, ...request }: KubeRequest): PlainKubeRequest => request

/**
 * The request with its body as JSON or text, so that a log can hold it: protobuf becomes the JSON value that the same
 * client would have sent as JSON (and the content type says so), other bytes are UTF-8 text. What cannot be decoded is
 * refused here; a body that nobody will read (an unknown path, a patch in protobuf) is left out.
 */
export const readableRequest = (request: KubeRequest): Result<PlainKubeRequest, Status> => {
  const { method, path, headers = {}, body } = request
  const isProtobuf = mediaType(headers["content-type"]) === PROTOBUF
  const takesBody = method === "POST" || method === "PUT" || method === "DELETE"
  const bytes = body ?? (isProtobuf && (method === "POST" || method === "PUT") ? new Uint8Array(0) : undefined)
  if (!(bytes instanceof Uint8Array))
    return ok({ ...withoutBody(request), ...(bytes === undefined ? {} : { body: bytes }) })
  if (bytes.length > BODY_LIMIT) return err(tooLarge(BODY_LIMIT))
  if (!isProtobuf) return ok({ ...request, body: utf8Text(cursorOf(bytes)) })
  const { target } = parsePath(path)
  if (target.kind !== "resource" || !takesBody || (bytes.length === 0 && method === "DELETE"))
    return ok(withoutBody(request))
  const expected = expectedType(method, target.info, target.subresource)
  if (!messageGroup(expected.apiVersion, expected.kind)) return err(unknownFormat())
  const decoded = decodeProtobuf(bytes, expected, method === "DELETE" ? [expected.kind] : undefined)
  if (!decoded.ok) return err(refusal(method, decoded.error, expected, bytes))
  return ok({ ...request, headers: { ...headers, "content-type": "application/json" }, body: decoded.value })
}
