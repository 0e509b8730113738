const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

const NANO = 1_000_000_000n
/** Go keeps no more than an int64 of whole units. */
const MOST = (2n ** 63n - 1n) * NANO

type Form = "decimal" | "binary" | "exponent"

interface Quantity {
  /** In 10⁻⁹, rounded away from zero. */
  readonly nano: bigint
  readonly form: Form
}

const ceilDivide = (value: bigint, by: bigint): bigint => (value + by - 1n) / by

const magnitudeOf = (digits: string, factor: bigint, exponent: number): bigint => {
  const [whole = "", fraction = ""] = digits.split(".")
  const value = BigInt(`${whole}${fraction}` || "0") * factor
  const shift = exponent - fraction.length + 9
  if (value === 0n) return 0n
  if (shift > 60) return MOST
  if (shift < -400) return 1n
  const nano = shift >= 0 ? value * 10n ** BigInt(shift) : ceilDivide(value, 10n ** BigInt(-shift))
  if (nano > MOST) return MOST
  return nano
}

const parse = (text: string): Quantity | undefined => {
  const match = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([KMGTPE]i)|([numkMGTPE]?))$/.exec(text)
  if (!match || text.length > 400) return undefined
  const [, sign, digits = "", exponent, binary, decimal = ""] = match
  const signed = (nano: bigint): bigint => (sign === "-" ? -nano : nano)
  if (exponent !== undefined)
    return { nano: signed(magnitudeOf(digits, 1n, Number(exponent.slice(1)))), form: "exponent" }
  if (binary !== undefined)
    return { nano: signed(magnitudeOf(digits, 1024n ** BigInt(BINARY.indexOf(binary)), 0)), form: "binary" }
  return { nano: signed(magnitudeOf(digits, 1n, 3 * (DECIMAL.indexOf(decimal) - 3))), form: "decimal" }
}

/** The largest unit in which the value is a whole number. */
const inUnits = (nano: bigint, base: bigint, units: readonly string[]): string => {
  let [value, at] = [nano, 0]
  while (value !== 0n && value % base === 0n && at < units.length - 1) {
    value /= base
    at += 1
  }
  return `${value}${units[at] ?? ""}`
}

/** A quantity as Go prints it: `1.5` is `1500m`, `1024Mi` is `1Gi`; what is none stays as it is (apimachinery resource.Quantity). */
export const quantityText = (given: unknown): string => {
  const quantity = parse(String(given))
  if (!quantity) return String(given)
  const { nano, form } = quantity
  if (nano === 0n) return "0"
  const magnitude = nano < 0n ? -nano : nano
  const sign = nano < 0n ? "-" : ""
  if (form === "binary" && magnitude >= 1024n * NANO)
    return `${sign}${inUnits(ceilDivide(magnitude, NANO), 1024n, BINARY)}`
  if (form !== "exponent") return `${sign}${inUnits(magnitude, 1000n, DECIMAL)}`
  const exponents = DECIMAL.map((_, index) => (index === 3 ? "" : `e${3 * (index - 3)}`))
  return `${sign}${inUnits(magnitude, 1000n, exponents)}`
}

/** Whether it is a whole number; what is no quantity is. */
export const isWhole = (given: unknown): boolean => (parse(String(given))?.nano ?? 0n) % NANO === 0n

/** Below 0, 0 or above, as the first is less than, equal to or more than the second. */
export const compareQuantities = (first: unknown, second: unknown): number => {
  const difference = (parse(String(first))?.nano ?? 0n) - (parse(String(second))?.nano ?? 0n)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** In 10⁻⁹; 0 for what is no quantity. */
export const nanosOf = (given: unknown): bigint => parse(String(given))?.nano ?? 0n
