import { done } from "../shell/completion.ts"
import { setVariable } from "../shell/variables.ts"
import { type Builtin, complain } from "./builtin.ts"
import { unescapeText } from "./echo.ts"

const WIDEST = 10_000

const pad = (text: string, flags: string, width: number): string => {
  if (flags.includes("-")) return text.padEnd(width)
  return flags.includes("0") && /^[-+]?[\da-f.]+$/i.test(text)
    ? text.startsWith("-")
      ? `-${text.slice(1).padStart(width - 1, "0")}`
      : text.padStart(width, "0")
    : text.padStart(width)
}

const number = (text: string): number => {
  if (/^["']/.test(text)) return text.charCodeAt(1)
  return text.trim() === "" ? 0 : Number(text)
}

const convert = (kind: string, arg: string, precision: number | undefined, flags: string): string | undefined => {
  switch (kind) {
    case "s":
      return precision === undefined ? arg : arg.slice(0, precision)
    case "b":
      return unescapeText(arg).text
    case "q":
      return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`
    case "c":
      return arg.slice(0, 1)
  }
  const value = number(arg)
  if (Number.isNaN(value)) return undefined
  const sign = flags.includes("+") && value >= 0 ? "+" : ""
  if (kind === "f") return sign + value.toFixed(precision ?? 6)
  if (kind === "e") return sign + value.toExponential(precision ?? 6)
  if (kind === "g") return sign + String(value)
  const whole = Math.trunc(value)
  if (kind === "x") return whole.toString(16)
  if (kind === "X") return whole.toString(16).toUpperCase()
  return kind === "o" ? whole.toString(8) : sign + String(whole)
}

/** One round through the format; `used` arguments were taken. */
const formatOnce = (
  format: string,
  args: readonly string[],
  wrongNumber: (text: string) => void,
): { readonly text: string; readonly used: number } => {
  let used = 0
  const text = format.replace(
    /%(?:%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([sbqcdiuxXofeg]))/g,
    (
      whole: string,
      flags: string | undefined,
      width: string | undefined,
      precision: string | undefined,
      kind: string | undefined,
    ) => {
      if (whole === "%%" || kind === undefined) return "%"
      const take = (): string => args[used++] ?? ""
      const size = (digits: string | undefined): number | undefined =>
        digits === undefined ? undefined : Math.min(WIDEST, Number(digits === "*" ? take() : digits))
      const columns = size(width) ?? 0
      const places = size(precision)
      const arg = take()
      const converted = convert(kind, arg, places === undefined ? undefined : Math.min(100, places), flags ?? "")
      if (converted === undefined) wrongNumber(arg)
      return pad(converted ?? "0", flags ?? "", columns)
    },
  )
  return { text, used }
}

export const printf: Builtin = async (scope, args, name) => {
  const into = args[0] === "-v" ? args[1] : undefined
  const [format, ...rest] = (into === undefined ? args : args.slice(2)).filter(
    (arg, index) => !(index === 0 && arg === "--"),
  )
  if (format === undefined) {
    scope.streams.stderr.write("printf: usage: printf [-v var] format [arguments]\n")
    return done(2)
  }
  let status = 0
  const wrongNumber = (text: string): void => {
    complain(scope, name, `${text}: invalid number`)
    status = 1
  }
  const { text: template } = unescapeText(format)
  let output = ""
  let values: readonly string[] = rest
  for (;;) {
    const { text, used } = formatOnce(template, values, wrongNumber)
    output += text
    values = values.slice(used)
    if (used === 0 || values.length === 0) break
  }
  if (into === undefined) scope.streams.stdout.write(output)
  else setVariable(scope.shell, into, output)
  return done(status)
}
