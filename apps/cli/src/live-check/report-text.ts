import type { Comparison } from "./comparison.ts"

/** One question and both answers. */
export interface Checked extends Comparison {
  readonly from: string
  readonly to: string
  readonly what: string
}

const counted = (checked: readonly Checked[], kind: Comparison["kind"]): readonly Checked[] =>
  checked.filter((each) => each.kind === kind)

const lines = ({ from, to, what, seen, traced }: Checked): string =>
  `  ${from} -> ${what} (${to})\n    cluster: ${seen}\n    trace:   ${traced}\n`

/** `agree/total`, then what differs, then how many answers the trace leaves to the environment. */
export const reportText = (checked: readonly Checked[]): string => {
  const differ = counted(checked, "differ")
  const environment = counted(checked, "environment")
  const right = environment.filter(({ agrees }) => agrees).length
  const certain = checked.length - environment.length
  return [
    `${certain - differ.length}/${certain} agree\n`,
    ...differ.map(lines),
    ...(environment.length > 0
      ? [`${environment.length} are left to the network around the cluster, ${right} of them as traced\n`]
      : []),
  ].join("")
}
