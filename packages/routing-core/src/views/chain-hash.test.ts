import { expect, test } from "vitest"
import { chainHash } from "./chain-hash.ts"

test.each([
  ["kube-system/kube-dns:dnsudp", "TCOU7JCQXEZGVUNU"],
  ["kube-system/kube-dns:dns-tcptcp", "ERIFXISQEP7F7OF4"],
  ["default/kubernetes:httpstcp", "NPX46M4PTMTKRN6Y"],
  ["dp/badporttcp", "N23YZFYWXCAGKUDC"],
  ["kube-system/kube-dns:dnsudp10.244.0.2:53", "YIL6JZP7A3QYXJU2"],
])("the chain of %s is named as on a real node", (text, hash) => {
  expect(chainHash(text)).toBe(hash)
})

test("texts longer than a block, and letters beyond ASCII, have hashes too", () => {
  expect(chainHash("a".repeat(200))).toBe("YKUQRWMPLX4YPLPE")
  expect(chainHash("é€😀")).toBe("36JCNET72VZMD3TG")
})
