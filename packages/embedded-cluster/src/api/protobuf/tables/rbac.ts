/** Messages of rbac.authorization.k8s.io/v1: see message-type.ts. */
export const RBAC = `
AggregationRule clusterRoleSelectors:1[LabelSelector]
ClusterRole metadata:1ObjectMeta rules:2[PolicyRule] aggregationRule:3AggregationRule
ClusterRoleBinding metadata:1ObjectMeta subjects:2[Subject] roleRef:3RoleRef
PolicyRule verbs:1[] apiGroups:2[] resources:3[] resourceNames:4[] nonResourceURLs:5[]
Role metadata:1ObjectMeta rules:2[PolicyRule]
RoleBinding metadata:1ObjectMeta subjects:2[Subject] roleRef:3RoleRef
RoleRef apiGroup:1? kind:2? name:3?
Subject kind:1? apiGroup:2 name:3? namespace:4
`
