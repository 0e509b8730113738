const WIDEST = 10_000

/** Out of what clients say of their terminals: `{"Width":80,"Height":24}`. */
export const columnsOf = (bytes: Buffer): number | undefined => {
  try {
    const size: unknown = JSON.parse(bytes.toString("utf8"))
    if (typeof size !== "object" || size === null || !("Width" in size)) return undefined
    return typeof size.Width === "number" && size.Width > 0 ? Math.min(size.Width, WIDEST) : undefined
  } catch {
    return undefined
  }
}
