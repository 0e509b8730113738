/** Messages of policy/v1: see message-type.ts. */
export const POLICY = `
Eviction metadata:1ObjectMeta deleteOptions:2DeleteOptions
PodDisruptionBudget metadata:1ObjectMeta spec:2PodDisruptionBudgetSpec status:3PodDisruptionBudgetStatus
PodDisruptionBudgetSpec minAvailable:1IntOrString selector:2LabelSelector maxUnavailable:3IntOrString
  unhealthyPodEvictionPolicy:4?
PodDisruptionBudgetStatus observedGeneration:1int64 disruptedPods:2{Time} disruptionsAllowed:3?int32
  currentHealthy:4?int32 desiredHealthy:5?int32 expectedPods:6?int32 conditions:7[Condition]
`
