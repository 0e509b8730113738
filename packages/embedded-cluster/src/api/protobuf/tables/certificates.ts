/** Messages of certificates.k8s.io/v1: see message-type.ts. */
export const CERTIFICATES = `
CertificateSigningRequest metadata:1ObjectMeta spec:2CertificateSigningRequestSpec
  status:3CertificateSigningRequestStatus
CertificateSigningRequestCondition type:1? status:6? reason:2 message:3 lastUpdateTime:4Time lastTransitionTime:5Time
CertificateSigningRequestSpec request:1?bytes signerName:7? expirationSeconds:8?int32 usages:5[] username:2 uid:3
  groups:4[] extra:6{StringList}
CertificateSigningRequestStatus conditions:1[CertificateSigningRequestCondition] certificate:2bytes
`
