/** Messages of apiregistration.k8s.io/v1: see message-type.ts. */
export const API_REGISTRATION = `
APIService metadata:1ObjectMeta spec:2APIServiceSpec status:3APIServiceStatus
APIServiceCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
APIServiceSpec service:1ServiceReference group:2 version:3 insecureSkipTLSVerify:4bool caBundle:5bytes
  groupPriorityMinimum:7?int32 versionPriority:8?int32
APIServiceStatus conditions:1[APIServiceCondition]
ServiceReference namespace:1 name:2 port:3?int32
`
