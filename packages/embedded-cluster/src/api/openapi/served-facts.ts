/** Facts about certificates.k8s.io/v1: see facts.ts. */
export const CERTIFICATES = `
CertificateSigningRequest spec{}! status{}
CertificateSigningRequestCondition status! type!
CertificateSigningRequestSpec groups[a] request=?! signerName! usages[a]
CertificateSigningRequestStatus conditions[type]
`

/** Facts about events.k8s.io/v1: see facts.ts. */
export const EVENTS = `
Event deprecatedSource{} eventTime! regarding{}
EventSeries count! lastObservedTime!
`

/** Facts about flowcontrol.apiserver.k8s.io/v1: see facts.ts. */
export const FLOW_CONTROL = `
FlowDistinguisherMethod type!
FlowSchema spec{} status{}
FlowSchemaSpec matchingPrecedence=0 priorityLevelConfiguration{}! rules[a]
FlowSchemaStatus conditions[type]
GroupSubject name!
LimitResponse @union(type,queuing) type!
LimitedPriorityLevelConfiguration limitResponse{}
NonResourcePolicyRule nonResourceURLs[s]! verbs[s]!
PolicyRulesWithSubjects nonResourceRules[a] resourceRules[a] subjects[a]!
PriorityLevelConfiguration spec{} status{}
PriorityLevelConfigurationReference name!
PriorityLevelConfigurationSpec @union(type,exempt) type!
PriorityLevelConfigurationStatus conditions[type]
QueuingConfiguration handSize=0 queueLengthLimit=0 queues=0
ResourcePolicyRule apiGroups[s]! namespaces[s] resources[s]! verbs[s]!
ServiceAccountSubject name! namespace!
Subject @union(kind,group) kind!
UserSubject name!
`

/** Facts about node.k8s.io/v1: see facts.ts. */
export const NODE = `
RuntimeClass handler!
Scheduling nodeSelector[a] tolerations[a]
`

/** Facts about apiregistration.k8s.io/v1: see facts.ts. */
export const API_REGISTRATION = `
APIService spec{} status{}
APIServiceCondition status! type!
APIServiceSpec caBundle[a] groupPriorityMinimum! versionPriority!
APIServiceStatus conditions[type]
ServiceReference
`

/** Facts about storage.k8s.io/v1: see facts.ts. */
export const STORAGE = `
CSIDriver spec{}!
CSIDriverSpec tokenRequests[a] volumeLifecycleModes[s]
CSINode spec{}!
CSINodeDriver name! nodeID! topologyKeys[a]
CSINodeSpec drivers[name]!
CSIStorageCapacity storageClassName!
StorageClass allowedTopologies[a] mountOptions[a] provisioner! reclaimPolicy<Delete|Recycle|Retain>
  volumeBindingMode<Immediate|WaitForFirstConsumer>
TokenRequest audience!
VolumeAttachment spec{}! status{}
VolumeAttachmentSpec attacher! nodeName! source{}!
VolumeAttachmentStatus attached!
VolumeAttributesClass driverName!
`
