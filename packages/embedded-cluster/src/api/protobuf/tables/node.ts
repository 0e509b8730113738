/** Messages of node.k8s.io/v1: see message-type.ts. */
export const NODE = `
Overhead podFixed:1{Quantity}
RuntimeClass metadata:1ObjectMeta handler:2? overhead:3Overhead scheduling:4Scheduling
Scheduling nodeSelector:1{} tolerations:2[Toleration]
`
