import type { MapLayout } from "./layout.ts"
import styles from "./map.module.css"

const soundings = (
  layout: MapLayout,
): readonly { readonly x: number; readonly y: number; readonly depth: number }[] => {
  const { width, height } = layout.sea
  const columns = Math.max(2, Math.floor(width / 84))
  const rows = Math.max(1, Math.floor(height / 92))
  const taken = [layout.ship, ...layout.lighthouses.map(({ center }) => center)]
  const isClear = ({ x, y }: { readonly x: number; readonly y: number }): boolean =>
    taken.every((mark) => Math.abs(mark.x - x) > 66 || y < mark.y - 48 || y > mark.y + 76)
  return Array.from({ length: columns * rows }, (_, index) => ({
    x: ((index % columns) + 0.5) * (width / columns) + ((index * 37) % 23) - 11,
    y: (Math.floor(index / columns) + 0.62) * (height / rows) + ((index * 53) % 19) - 9,
    depth: 6 + ((index * 29) % 17),
  })).filter(isClear)
}

/** The sea outside with its soundings, and the breakwater that is the cluster's border. */
export function Water({ layout }: { readonly layout: MapLayout }) {
  const [from, to] = layout.breakwater
  const upright = from.x === to.x
  return (
    <g>
      <rect className={styles.sea} {...layout.sea} />
      {soundings(layout).map(({ x, y, depth }) => (
        <text key={`${x} ${y}`} className={styles.sounding} x={x} y={y}>
          {depth}
        </text>
      ))}
      <path className={styles.breakwater} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
      <path className={styles.breakwaterStones} d={`M${from.x} ${from.y}L${to.x} ${to.y}`} />
      <text
        className={styles.region}
        x={upright ? 16 : layout.width - 10}
        y={upright ? layout.height - 14 : 18}
        textAnchor={upright ? "start" : "end"}
      >
        outside
      </text>
    </g>
  )
}
