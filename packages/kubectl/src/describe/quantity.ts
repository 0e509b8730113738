const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** `250m`, `70Mi`, `2` as a number; 0 when it is no quantity. */
export const quantity = (text: string): number => {
  const match = /^([+-]?[0-9.]+)(n|u|m|k|M|G|T|Ki|Mi|Gi|Ti|)$/.exec(text)
  return match ? Number(match[1]) * (SUFFIXES[match[2] ?? ""] ?? 1) : 0
}

/** CPU as `850m` or `2`; bytes in the largest binary unit that leaves a whole number. */
export const formatQuantity = (resource: string, value: number): string => {
  if (value === 0) return "0"
  if (resource === "cpu") return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`
  for (const unit of ["Ti", "Gi", "Mi", "Ki"]) {
    const amount = value / (SUFFIXES[unit] ?? 1)
    if (amount >= 1 && Number.isInteger(amount)) return `${amount}${unit}`
  }
  return String(value)
}
