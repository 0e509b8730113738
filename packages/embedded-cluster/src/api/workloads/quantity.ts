const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** `100m`, `1Gi`, `2e3` as a number; undefined for text that is no quantity. */
export const parseQuantity = (given: unknown): number | undefined => {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))([eE][+-]?\d+|[a-zA-Z]*)$/.exec(String(given))
  if (!match) return undefined
  const [, digits = "", suffix = ""] = match
  const exponent = /^[eE]([+-]?\d+)$/.exec(suffix)
  const factor = exponent ? 10 ** Number(exponent[1]) : FACTORS[suffix]
  return factor === undefined ? undefined : Number(digits) * factor
}
