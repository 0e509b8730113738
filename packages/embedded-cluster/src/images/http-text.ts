import { formatTime } from "@pilotage/kube-model"

const DAYS = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

const parts = (now: number) => {
  const [year = "", month = "", day = "", clock = ""] = formatTime(now).replace("Z", "").split(/[-T]/)
  return { year, month, monthName: MONTHS[Number(month) - 1] ?? "", day, clock }
}

/** `Mon, 05 Jan 2026 09:00:00 GMT`, the Date header. */
export const httpDate = (now: number): string => {
  const { year, monthName, day, clock } = parts(now)
  return `${DAYS[Math.floor(now / 86_400_000) % 7]}, ${day} ${monthName} ${year} ${clock} GMT`
}

/** `05/Jan/2026:09:00:00 +0000`, as web servers write it in access logs. */
export const accessLogTime = (now: number): string => {
  const { year, monthName, day, clock } = parts(now)
  return `${day}/${monthName}/${year}:${clock} +0000`
}

/** `I0105 09:00:00.123000       1 log.go:244] `: the head of a klog line of process 1. */
export const klogHead = (now: number): string => {
  const { month, day, clock } = parts(now)
  return `I${month}${day} ${clock}.${String(now % 1000).padStart(3, "0")}000       1 log.go:244] `
}

/** `2026/01/05 09:00:00`, Go's log package. */
export const goLogTime = (now: number): string => {
  const { year, month, day, clock } = parts(now)
  return `${year}/${month}/${day} ${clock}`
}

/** Bytes of a text in UTF-8, as Content-Length counts them. */
export const byteLength = (text: string): number => {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Headers as Go's net/http writes them for a small body. */
export const goHeaders = (now: number, body: string, type = "text/plain; charset=utf-8") => ({
  Date: httpDate(now),
  "Content-Length": String(byteLength(body)),
  "Content-Type": type,
})

/** The path without its query, and the query's values, decoded as far as they can be. */
export const splitPath = (path: string): { readonly path: string; readonly query: ReadonlyMap<string, string> } => {
  const at = path.indexOf("?")
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "))
    } catch {
      return text
    }
  }
  const query = new Map<string, string>()
  for (const pair of at < 0 ? [] : path.slice(at + 1).split("&")) {
    const [key = "", ...value] = pair.split("=")
    if (key !== "" && !query.has(decode(key))) query.set(decode(key), decode(value.join("=")))
  }
  return { path: at < 0 ? path : path.slice(0, at), query }
}
