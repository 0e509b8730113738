import type { PodFacts } from "../state.ts"
import type { Certainty } from "../trace-types.ts"
import { type Journey, note } from "./journey.ts"

/** An answer on a port that the pod's containers do not declare, though they declare others, is not certain. */
export const certaintyOf = (undeclared: boolean): Certainty => (undeclared ? "environment" : "certain")

export const noteUndeclared = (journey: Journey, { name, declaredPorts = [] }: PodFacts, port: number): void =>
  note(journey, "port-undeclared", () => {
    const declared = [...new Set(declaredPorts.map((each) => each.port))].join(", ")
    return `The containers of pod ${name} declare ${declared}, not ${port}: unless a program listens there all the same, the connection is refused.`
  })
