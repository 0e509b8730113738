/** Types of authentication, certificates, events, flow control, node, storage and API services: see types-a-l.ts. */
export const TYPES_SERVED = `
APIService apiVersion:string kind:string metadata:ObjectMeta spec:APIServiceSpec status:APIServiceStatus
APIServiceCondition lastTransitionTime:Time message:string reason:string status:string type:string
APIServiceSpec caBundle:bytes group:string groupPriorityMinimum:int32 insecureSkipTLSVerify:bool
  service:ServiceReference@apiregistration.v1 version:string versionPriority:int32
APIServiceStatus conditions:[APIServiceCondition]~type
Binding apiVersion:string kind:string metadata:ObjectMeta target:ObjectReference
BoundObjectReference apiVersion:string kind:string name:string uid:string
CSIDriver apiVersion:string kind:string metadata:ObjectMeta spec:CSIDriverSpec
CSIDriverSpec attachRequired:bool fsGroupPolicy:string nodeAllocatableUpdatePeriodSeconds:int64 podInfoOnMount:bool
  preventPodSchedulingIfMissing:bool requiresRepublish:bool seLinuxMount:bool serviceAccountTokenInSecrets:bool
  storageCapacity:bool tokenRequests:[TokenRequest@storage.v1] volumeLifecycleModes:[string]
CSINode apiVersion:string kind:string metadata:ObjectMeta spec:CSINodeSpec
CSINodeDriver allocatable:VolumeNodeResources name:string nodeID:string topologyKeys:[string]
CSINodeSpec drivers:[CSINodeDriver]~name
CSIStorageCapacity apiVersion:string capacity:Quantity kind:string maximumVolumeSize:Quantity metadata:ObjectMeta
  nodeTopology:LabelSelector storageClassName:string
CertificateSigningRequest apiVersion:string kind:string metadata:ObjectMeta spec:CertificateSigningRequestSpec
  status:CertificateSigningRequestStatus
CertificateSigningRequestCondition lastTransitionTime:Time lastUpdateTime:Time message:string reason:string
  status:string type:string
CertificateSigningRequestSpec expirationSeconds:int32 extra:{[string]} groups:[string] request:bytes signerName:string
  uid:string usages:[string] username:string
CertificateSigningRequestStatus certificate:bytes conditions:[CertificateSigningRequestCondition]
ComponentCondition error:string message:string status:string type:string
ComponentStatus apiVersion:string conditions:[ComponentCondition]~type kind:string metadata:ObjectMeta
Event@events.v1 action:string apiVersion:string deprecatedCount:int32 deprecatedFirstTimestamp:Time
  deprecatedLastTimestamp:Time deprecatedSource:EventSource eventTime:MicroTime kind:string metadata:ObjectMeta
  note:string reason:string regarding:ObjectReference related:ObjectReference reportingController:string
  reportingInstance:string series:EventSeries type:string
Eviction apiVersion:string deleteOptions:DeleteOptions kind:string metadata:ObjectMeta
ExemptPriorityLevelConfiguration lendablePercent:int32 nominalConcurrencyShares:int32
FlowDistinguisherMethod type:string
FlowSchema apiVersion:string kind:string metadata:ObjectMeta spec:FlowSchemaSpec status:FlowSchemaStatus
FlowSchemaCondition lastTransitionTime:Time message:string reason:string status:string type:string
FlowSchemaSpec distinguisherMethod:FlowDistinguisherMethod matchingPrecedence:int32
  priorityLevelConfiguration:PriorityLevelConfigurationReference rules:[PolicyRulesWithSubjects]
FlowSchemaStatus conditions:[FlowSchemaCondition]~type
GroupSubject name:string
HorizontalPodAutoscaler@autoscaling.v1 apiVersion:string kind:string metadata:ObjectMeta
  spec:HorizontalPodAutoscalerSpec@autoscaling.v1 status:HorizontalPodAutoscalerStatus@autoscaling.v1
HorizontalPodAutoscalerSpec@autoscaling.v1 maxReplicas:int32 minReplicas:int32
  scaleTargetRef:CrossVersionObjectReference targetCPUUtilizationPercentage:int32
HorizontalPodAutoscalerStatus@autoscaling.v1 currentCPUUtilizationPercentage:int32 currentReplicas:int32
  desiredReplicas:int32 lastScaleTime:Time observedGeneration:int64
LimitResponse queuing:QueuingConfiguration type:string
LimitedPriorityLevelConfiguration borrowingLimitPercent:int32 lendablePercent:int32 limitResponse:LimitResponse
  nominalConcurrencyShares:int32
NonResourcePolicyRule nonResourceURLs:[string] verbs:[string]
Overhead podFixed:{Quantity}
PolicyRulesWithSubjects nonResourceRules:[NonResourcePolicyRule] resourceRules:[ResourcePolicyRule]
  subjects:[Subject@flowcontrol.v1]
PriorityLevelConfiguration apiVersion:string kind:string metadata:ObjectMeta spec:PriorityLevelConfigurationSpec
  status:PriorityLevelConfigurationStatus
PriorityLevelConfigurationCondition lastTransitionTime:Time message:string reason:string status:string type:string
PriorityLevelConfigurationReference name:string
PriorityLevelConfigurationSpec exempt:ExemptPriorityLevelConfiguration limited:LimitedPriorityLevelConfiguration
  type:string
PriorityLevelConfigurationStatus conditions:[PriorityLevelConfigurationCondition]~type
QueuingConfiguration handSize:int32 queueLengthLimit:int32 queues:int32
ResourcePolicyRule apiGroups:[string] clusterScope:bool namespaces:[string] resources:[string] verbs:[string]
RuntimeClass apiVersion:string handler:string kind:string metadata:ObjectMeta overhead:Overhead scheduling:Scheduling
Scheduling nodeSelector:{string} tolerations:[Toleration]
ServiceAccountSubject name:string namespace:string
ServiceReference@apiregistration.v1 name:string namespace:string port:int32
Subject@flowcontrol.v1 group:GroupSubject kind:string serviceAccount:ServiceAccountSubject user:UserSubject
TokenRequest apiVersion:string kind:string metadata:ObjectMeta spec:TokenRequestSpec status:TokenRequestStatus
TokenRequest@storage.v1 audience:string expirationSeconds:int64
TokenRequestSpec audiences:[string] boundObjectRef:BoundObjectReference expirationSeconds:int64
TokenRequestStatus expirationTimestamp:Time token:string
TokenReview apiVersion:string kind:string metadata:ObjectMeta spec:TokenReviewSpec status:TokenReviewStatus
TokenReviewSpec audiences:[string] token:string
TokenReviewStatus audiences:[string] authenticated:bool error:string user:UserInfo
UserSubject name:string
VolumeAttachment apiVersion:string kind:string metadata:ObjectMeta spec:VolumeAttachmentSpec
  status:VolumeAttachmentStatus
VolumeAttachmentSource inlineVolumeSpec:PersistentVolumeSpec persistentVolumeName:string
VolumeAttachmentSpec attacher:string nodeName:string source:VolumeAttachmentSource
VolumeAttachmentStatus attachError:VolumeError attached:bool attachmentMetadata:{string} detachError:VolumeError
VolumeAttributesClass apiVersion:string driverName:string kind:string metadata:ObjectMeta parameters:{string}
VolumeError errorCode:int32 message:string time:Time
VolumeNodeResources count:int32
`
