import type { NodeFacts, OutsideMachine, PodFacts } from "../state.ts"

/** Who holds the address of an endpoint, as far as the cluster knows. */
export interface Landing {
  readonly pod: PodFacts | undefined
  /** The node that the pod, or the endpoint, is on. */
  readonly node: NodeFacts | undefined
  /** The node whose own address it is. */
  readonly host: NodeFacts | undefined
  readonly machine: OutsideMachine | undefined
  /** Is the address one of the pod network's, whoever holds it? */
  readonly inPodNetwork: boolean
  /** Of the node that it is on, even when there is no such node. */
  readonly nodeName: string | undefined
  /** `silent`: packets are lost there; `refuses`: nothing listens on the endpoint's port. */
  readonly trouble: "silent" | "refuses" | undefined
  /** Whether the pod listens on the port is not known, and not likely: its containers declare other ports. */
  readonly undeclared: boolean
  readonly namespace: string | undefined
  readonly name: string | undefined
}

/** A landing with the indexes that it was found in: it holds while they are the same. */
export interface LandingNote extends Landing {
  readonly pods: object
  readonly nodes: object
}
