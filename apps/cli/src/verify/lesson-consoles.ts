/** A command in a lesson and the output that the lesson shows for it. */
export interface ConsoleExample {
  /** Line of the lesson's body, from 1. */
  readonly line: number
  readonly command: string
  readonly output: string
}

const BLOCK = /^```console from=start\n([\s\S]*?)^```$/gm

/** All examples of a lesson's MDX that claim to be run at the lab's start: each `$ command` with the lines below it. */
export const consoleExamples = (body: string): readonly ConsoleExample[] =>
  [...body.matchAll(BLOCK)].flatMap((block) => {
    const firstLine = body.slice(0, block.index).split("\n").length + 1
    const examples: ConsoleExample[] = []
    for (const [index, line] of (block[1] ?? "").split("\n").entries()) {
      const last = examples.at(-1)
      if (line.startsWith("$ ")) examples.push({ line: firstLine + index, command: line.slice(2), output: "" })
      else if (last && line !== "") examples[examples.length - 1] = { ...last, output: `${last.output}${line}\n` }
    }
    return examples
  })
