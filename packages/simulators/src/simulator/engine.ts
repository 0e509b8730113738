/**
 * What a simulator fetches when it comes into view or is touched: the routing itself, and the views that it opens on
 * demand. Until then it shows what was computed when the page was made.
 */
export { HopTable } from "../trace-view/hop-table.tsx"
export { WhyPanel } from "../trace-view/why-panel.tsx"
export { compute } from "./compute.ts"
