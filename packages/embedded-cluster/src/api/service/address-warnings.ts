import { formatAddress, hasLeadingZeros, hostBitsOf, parseAddress, parseSubnet } from "../ip-text.ts"

/** What is told of an address that is accepted though it should be written in another way. */
export const ipWarnings = (field: string, text: string): string[] => {
  const address = parseAddress(text)
  if (!address) return []
  const canonical = formatAddress(address)
  if (hasLeadingZeros(text) || address.mapped)
    return [`${field}: non-standard IP address ${JSON.stringify(text)} is invalid: use ${JSON.stringify(canonical)}`]
  return address.family === "IPv6" && canonical !== text
    ? [
        `${field}: IPv6 address ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
      ]
    : []
}

/** The same of a range, which may also have bits where it should have none. */
export const rangeWarnings = (field: string, text: string): string[] => {
  const subnet = parseSubnet(text)
  if (!subnet) return []
  const [base = "", length = ""] = text.split("/")
  const { address, prefix } = subnet
  const network = formatAddress({ family: address.family, value: address.value - hostBitsOf(subnet) })
  const canonical = `${network}/${prefix}`
  const host = `${formatAddress(address)}/${address.family === "IPv4" ? 32 : 128}`
  const isLoose = hasLeadingZeros(base) || /^0\d/.test(length) || address.mapped
  const warnings = [
    ...(hostBitsOf(subnet) === 0n
      ? []
      : [
          `${field}: CIDR value ${JSON.stringify(text)} is ambiguous in this context (should be ${JSON.stringify(canonical)} or ${JSON.stringify(host)}?)`,
        ]),
    ...(isLoose
      ? [`${field}: non-standard CIDR value ${JSON.stringify(text)} is invalid: use ${JSON.stringify(canonical)}`]
      : []),
  ]
  return warnings.length > 0 || address.family === "IPv4" || canonical === text
    ? warnings
    : [
        `${field}: IPv6 CIDR value ${JSON.stringify(text)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`,
      ]
}
