import { sha256 } from "../sha256.ts"

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/**
 * What kube-proxy puts behind `KUBE-SVC-` and its like: the first 16 characters of the base32 text of the SHA-256 of
 * `text` (kubernetes 1.36 pkg/proxy/iptables/proxier.go portProtoHash).
 */
export const chainHash = (text: string): string => {
  const hash = sha256(text)
  let name = ""
  for (let bit = 0; bit < 80; bit += 5) {
    const at = bit >> 5
    const shift = 27 - (bit & 31)
    const word = hash[at] ?? 0
    const digit = shift >= 0 ? word >>> shift : (word << -shift) | ((hash[at + 1] ?? 0) >>> (32 + shift))
    name += BASE32[digit & 31] ?? ""
  }
  return name
}
