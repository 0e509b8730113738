/** Messages of coordination.k8s.io/v1: see message-type.ts. */
export const COORDINATION = `
Lease metadata:1ObjectMeta spec:2LeaseSpec
LeaseSpec holderIdentity:1? leaseDurationSeconds:2?int32 acquireTime:3MicroTime renewTime:4MicroTime
  leaseTransitions:5?int32 strategy:6? preferredHolder:7?
`
