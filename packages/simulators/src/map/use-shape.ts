import { type RefObject, useEffect, useRef, useState } from "react"

type Shape = "wide" | "narrow"

/** Below this width of its place the map is drawn upright. map.module.css has the same number. */
const NARROW_BELOW = 640

/**
 * Which drawings to render. Until the place is measured (on the server) both, and the stylesheet shows the one that
 * fits: no reader sees the map jump. Afterwards one.
 */
export const useShape = (
  wanted: Shape | "auto",
): { readonly ref: RefObject<HTMLDivElement | null>; readonly shapes: readonly Shape[] } => {
  const ref = useRef<HTMLDivElement>(null)
  const [measured, measure] = useState<Shape>()
  useEffect(() => {
    const element = ref.current
    if (element === null || wanted !== "auto") return
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0
      if (width > 0) measure(width < NARROW_BELOW ? "narrow" : "wide")
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [wanted])
  if (wanted !== "auto") return { ref, shapes: [wanted] }
  return { ref, shapes: measured === undefined ? ["wide", "narrow"] : [measured] }
}
