/** Messages of flowcontrol.apiserver.k8s.io/v1: see message-type.ts. */
export const FLOW_CONTROL = `
ExemptPriorityLevelConfiguration nominalConcurrencyShares:1?int32 lendablePercent:2?int32
FlowDistinguisherMethod type:1?
FlowSchema metadata:1ObjectMeta spec:2FlowSchemaSpec status:3FlowSchemaStatus
FlowSchemaCondition type:1 status:2 lastTransitionTime:3Time reason:4 message:5
FlowSchemaSpec priorityLevelConfiguration:1PriorityLevelConfigurationReference matchingPrecedence:2?int32
  distinguisherMethod:3FlowDistinguisherMethod rules:4[PolicyRulesWithSubjects]
FlowSchemaStatus conditions:1[FlowSchemaCondition]
GroupSubject name:1?
LimitResponse type:1? queuing:2QueuingConfiguration
LimitedPriorityLevelConfiguration nominalConcurrencyShares:1?int32 limitResponse:2LimitResponse
  lendablePercent:3?int32 borrowingLimitPercent:4?int32
NonResourcePolicyRule verbs:1[] nonResourceURLs:6[]
PolicyRulesWithSubjects subjects:1[Subject] resourceRules:2[ResourcePolicyRule]
  nonResourceRules:3[NonResourcePolicyRule]
PriorityLevelConfiguration metadata:1ObjectMeta spec:2PriorityLevelConfigurationSpec
  status:3PriorityLevelConfigurationStatus
PriorityLevelConfigurationCondition type:1 status:2 lastTransitionTime:3Time reason:4 message:5
PriorityLevelConfigurationReference name:1?
PriorityLevelConfigurationSpec type:1? limited:2LimitedPriorityLevelConfiguration
  exempt:3ExemptPriorityLevelConfiguration
PriorityLevelConfigurationStatus conditions:1[PriorityLevelConfigurationCondition]
QueuingConfiguration queues:1?int32 handSize:2?int32 queueLengthLimit:3?int32
ResourcePolicyRule verbs:1[] apiGroups:2[] resources:3[] clusterScope:4bool namespaces:5[]
ServiceAccountSubject namespace:1? name:2?
Subject kind:1? user:2UserSubject group:3GroupSubject serviceAccount:4ServiceAccountSubject
UserSubject name:1?
`
