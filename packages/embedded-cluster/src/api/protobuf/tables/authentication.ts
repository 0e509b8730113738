/** Messages of authentication.k8s.io/v1: see message-type.ts. */
export const AUTHENTICATION = `
BoundObjectReference kind:1 apiVersion:2 name:3 uid:4
SelfSubjectReview metadata:1ObjectMeta status:2SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo:1UserInfo
TokenRequest metadata:1ObjectMeta spec:2TokenRequestSpec status:3TokenRequestStatus
TokenRequestSpec audiences:1[] boundObjectRef:3BoundObjectReference expirationSeconds:4?int64
TokenRequestStatus token:1? expirationTimestamp:2Time
TokenReview metadata:1ObjectMeta spec:2TokenReviewSpec status:3TokenReviewStatus
TokenReviewSpec token:1 audiences:2[]
TokenReviewStatus authenticated:1bool user:2UserInfo error:3 audiences:4[]
UserInfo username:1 uid:2 groups:3[] extra:4{StringList}
`
