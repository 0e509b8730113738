import { isJson, type Json } from "../json-object.ts"
import { parseJsonText } from "../json-text.ts"
import { fromBase64, toBase64 } from "../reading/base64-text.ts"
import { textHash } from "../text-hash.ts"

export const ISSUER = "https://kubernetes.default.svc.cluster.local"

const HEADER = toBase64('{"alg":"RS256","kid":"c2VydmljZS1hY2NvdW50cy1vZi10aGlzLWNsdXN0ZXI"}')

/** 256 bytes that follow from the text: they look like a signature and tell whether a token is ours; they keep no secret. */
const signatureOf = (text: string): string => {
  const digits = Array.from({ length: 16 }, (_, index) => textHash(`${index}.${text}`)).join("")
  return toBase64((digits.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(""))
}

/** A token of a service account in the form of a JWT (RFC 7519). All claims are ASCII. */
export const accountToken = (claims: Json): string => {
  const signed = `${HEADER}.${toBase64(JSON.stringify(claims))}`
  return `${signed}.${signatureOf(signed)}`
}

/** The claims of a token that was given out here; undefined for any other. Whether it is still good is not asked. */
export const claimsOf = (token: string): Json | undefined => {
  const at = token.lastIndexOf(".")
  const signed = token.slice(0, Math.max(at, 0))
  if (at < 0 || !signed.startsWith(`${HEADER}.`) || signatureOf(signed) !== token.slice(at + 1)) return undefined
  const text = fromBase64(signed.slice(HEADER.length + 1))
  const claims = text.ok ? parseJsonText(text.value) : undefined
  return claims?.ok && isJson(claims.value.value) ? claims.value.value : undefined
}
