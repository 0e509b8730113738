/** Messages of authorization.k8s.io/v1: see message-type.ts. */
export const AUTHORIZATION = `
FieldSelectorAttributes rawSelector:1 requirements:2[FieldSelectorRequirement]
LabelSelectorAttributes rawSelector:1 requirements:2[LabelSelectorRequirement]
LocalSubjectAccessReview metadata:1ObjectMeta spec:2SubjectAccessReviewSpec status:3SubjectAccessReviewStatus
NonResourceAttributes path:1 verb:2
NonResourceRule verbs:1[] nonResourceURLs:2[]
ResourceAttributes namespace:1 verb:2 group:3 version:4 resource:5 subresource:6 name:7
  fieldSelector:8FieldSelectorAttributes labelSelector:9LabelSelectorAttributes
ResourceRule verbs:1[] apiGroups:2[] resources:3[] resourceNames:4[]
SelfSubjectAccessReview metadata:1ObjectMeta spec:2SelfSubjectAccessReviewSpec status:3SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec resourceAttributes:1ResourceAttributes nonResourceAttributes:2NonResourceAttributes
SelfSubjectRulesReview metadata:1ObjectMeta spec:2SelfSubjectRulesReviewSpec status:3SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:1
SubjectAccessReview metadata:1ObjectMeta spec:2SubjectAccessReviewSpec status:3SubjectAccessReviewStatus
SubjectAccessReviewSpec resourceAttributes:1ResourceAttributes nonResourceAttributes:2NonResourceAttributes user:3
  groups:4[] extra:5{StringList} uid:6
SubjectAccessReviewStatus allowed:1?bool reason:2 evaluationError:3 denied:4bool
SubjectRulesReviewStatus resourceRules:1[ResourceRule] nonResourceRules:2[NonResourceRule] incomplete:3?bool
  evaluationError:4
`
