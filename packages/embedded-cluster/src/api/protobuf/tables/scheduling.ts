/** Messages of scheduling.k8s.io/v1: see message-type.ts. */
export const SCHEDULING = `
PriorityClass metadata:1ObjectMeta value:2?int32 globalDefault:3bool description:4 preemptionPolicy:5?
`
