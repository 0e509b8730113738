/** Messages of core/v1, M to Z: see message-type.ts. */
export const CORE_M_TO_Z = `
ModifyVolumeStatus targetVolumeAttributesClassName:1 status:2?
NFSVolumeSource server:1? path:2? readOnly:3bool
Namespace metadata:1ObjectMeta spec:2NamespaceSpec status:3NamespaceStatus
NamespaceCondition type:1? status:2? lastTransitionTime:4Time reason:5 message:6
NamespaceSpec finalizers:1[]
NamespaceStatus phase:1 conditions:2[NamespaceCondition]
Node metadata:1ObjectMeta spec:2NodeSpec status:3NodeStatus
NodeAddress type:1? address:2?
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:1NodeSelector
  preferredDuringSchedulingIgnoredDuringExecution:2[PreferredSchedulingTerm]
NodeAllocatableResourceClaimStatus resourceClaimName:1? containers:2[] resources:3{Quantity}
NodeCondition type:1? status:2? lastHeartbeatTime:3Time lastTransitionTime:4Time reason:5 message:6
NodeConfigSource configMap:2ConfigMapNodeConfigSource
NodeConfigStatus assigned:1NodeConfigSource active:2NodeConfigSource lastKnownGood:3NodeConfigSource error:4
NodeDaemonEndpoints kubeletEndpoint:1DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:1?bool
NodeRuntimeHandler name:1? features:2NodeRuntimeHandlerFeatures
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:1?bool userNamespaces:2?bool
NodeSelector nodeSelectorTerms:1[NodeSelectorTerm]
NodeSelectorRequirement key:1? operator:2? values:3[]
NodeSelectorTerm matchExpressions:1[NodeSelectorRequirement] matchFields:2[NodeSelectorRequirement]
NodeSpec podCIDR:1 externalID:2 providerID:3 unschedulable:4bool taints:5[Taint] configSource:6NodeConfigSource
  podCIDRs:7[]
NodeStatus capacity:1{Quantity} allocatable:2{Quantity} phase:3 conditions:4[NodeCondition] addresses:5[NodeAddress]
  daemonEndpoints:6NodeDaemonEndpoints nodeInfo:7NodeSystemInfo images:8[ContainerImage] volumesInUse:9[]
  volumesAttached:10[AttachedVolume] config:11NodeConfigStatus runtimeHandlers:12[NodeRuntimeHandler]
  features:13NodeFeatures declaredFeatures:14[]
NodeSwapStatus capacity:1?int64
NodeSystemInfo machineID:1? systemUUID:2? bootID:3? kernelVersion:4? osImage:5? containerRuntimeVersion:6?
  kubeletVersion:7? kubeProxyVersion:8? operatingSystem:9? architecture:10? swap:11NodeSwapStatus
ObjectFieldSelector apiVersion:1 fieldPath:2?
ObjectReference kind:1 namespace:2 name:3 uid:4 apiVersion:5 resourceVersion:6 fieldPath:7
PersistentVolume metadata:1ObjectMeta spec:2PersistentVolumeSpec status:3PersistentVolumeStatus
PersistentVolumeClaim metadata:1ObjectMeta spec:2PersistentVolumeClaimSpec status:3PersistentVolumeClaimStatus
PersistentVolumeClaimCondition type:1? status:2? lastProbeTime:3Time lastTransitionTime:4Time reason:5 message:6
PersistentVolumeClaimSpec accessModes:1[] resources:2VolumeResourceRequirements volumeName:3 selector:4LabelSelector
  storageClassName:5? volumeMode:6? dataSource:7TypedLocalObjectReference dataSourceRef:8TypedObjectReference
  volumeAttributesClassName:9?
PersistentVolumeClaimStatus phase:1 accessModes:2[] capacity:3{Quantity} conditions:4[PersistentVolumeClaimCondition]
  allocatedResources:5{Quantity} allocatedResourceStatuses:7{} currentVolumeAttributesClassName:8?
  modifyVolumeStatus:9ModifyVolumeStatus
PersistentVolumeClaimTemplate metadata:1ObjectMeta spec:2PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName:1? readOnly:2bool
PersistentVolumeSource gcePersistentDisk:1GCEPersistentDiskVolumeSource
  awsElasticBlockStore:2AWSElasticBlockStoreVolumeSource hostPath:3HostPathVolumeSource
  glusterfs:4GlusterfsPersistentVolumeSource nfs:5NFSVolumeSource rbd:6RBDPersistentVolumeSource
  iscsi:7ISCSIPersistentVolumeSource cinder:8CinderPersistentVolumeSource cephfs:9CephFSPersistentVolumeSource
  fc:10FCVolumeSource flocker:11FlockerVolumeSource flexVolume:12FlexPersistentVolumeSource
  azureFile:13AzureFilePersistentVolumeSource vsphereVolume:14VsphereVirtualDiskVolumeSource
  quobyte:15QuobyteVolumeSource azureDisk:16AzureDiskVolumeSource
  photonPersistentDisk:17PhotonPersistentDiskVolumeSource portworxVolume:18PortworxVolumeSource
  scaleIO:19ScaleIOPersistentVolumeSource local:20LocalVolumeSource storageos:21StorageOSPersistentVolumeSource
  csi:22CSIPersistentVolumeSource
PersistentVolumeSpec capacity:1{Quantity} PersistentVolumeSource:2^PersistentVolumeSource accessModes:3[]
  claimRef:4ObjectReference persistentVolumeReclaimPolicy:5 storageClassName:6 mountOptions:7[] volumeMode:8?
  nodeAffinity:9VolumeNodeAffinity volumeAttributesClassName:10?
PersistentVolumeStatus phase:1 message:2 reason:3 lastPhaseTransitionTime:4Time
PhotonPersistentDiskVolumeSource pdID:1? fsType:2
Pod metadata:1ObjectMeta spec:2PodSpec status:3PodStatus
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:1[PodAffinityTerm]
  preferredDuringSchedulingIgnoredDuringExecution:2[WeightedPodAffinityTerm]
PodAffinityTerm labelSelector:1LabelSelector namespaces:2[] topologyKey:3? namespaceSelector:4LabelSelector
  matchLabelKeys:5[] mismatchLabelKeys:6[]
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:1[PodAffinityTerm]
  preferredDuringSchedulingIgnoredDuringExecution:2[WeightedPodAffinityTerm]
PodCertificateProjection signerName:1 keyType:2 maxExpirationSeconds:3?int32 credentialBundlePath:4 keyPath:5
  certificateChainPath:6 userAnnotations:7{}
PodCondition type:1? status:2? lastProbeTime:3Time lastTransitionTime:4Time reason:5 message:6
  observedGeneration:7int64
PodDNSConfig nameservers:1[] searches:2[] options:3[PodDNSConfigOption]
PodDNSConfigOption name:1 value:2?
PodExtendedResourceClaimStatus requestMappings:1[ContainerExtendedResourceRequest] resourceClaimName:2?
PodIP ip:1?
PodOS name:1?
PodReadinessGate conditionType:1?
PodResourceClaim name:1? resourceClaimName:3? resourceClaimTemplateName:4?
PodResourceClaimStatus name:1? resourceClaimName:2?
PodSchedulingGate name:1?
PodSchedulingGroup podGroupName:1?
PodSecurityContext seLinuxOptions:1SELinuxOptions runAsUser:2?int64 runAsNonRoot:3?bool supplementalGroups:4[int64]
  fsGroup:5?int64 runAsGroup:6?int64 sysctls:7[Sysctl] windowsOptions:8WindowsSecurityContextOptions
  fsGroupChangePolicy:9? seccompProfile:10SeccompProfile appArmorProfile:11AppArmorProfile
  supplementalGroupsPolicy:12? seLinuxChangePolicy:13?
PodSpec volumes:1[Volume] containers:2[Container] restartPolicy:3 terminationGracePeriodSeconds:4?int64
  activeDeadlineSeconds:5?int64 dnsPolicy:6 nodeSelector:7{} serviceAccountName:8 serviceAccount:9 nodeName:10
  hostNetwork:11bool hostPID:12bool hostIPC:13bool securityContext:14PodSecurityContext
  imagePullSecrets:15[LocalObjectReference] hostname:16 subdomain:17 affinity:18Affinity schedulerName:19
  initContainers:20[Container] automountServiceAccountToken:21?bool tolerations:22[Toleration]
  hostAliases:23[HostAlias] priorityClassName:24 priority:25?int32 dnsConfig:26PodDNSConfig
  shareProcessNamespace:27?bool readinessGates:28[PodReadinessGate] runtimeClassName:29? enableServiceLinks:30?bool
  preemptionPolicy:31? overhead:32{Quantity} topologySpreadConstraints:33[TopologySpreadConstraint]
  ephemeralContainers:34[EphemeralContainer] setHostnameAsFQDN:35?bool os:36PodOS hostUsers:37?bool
  schedulingGates:38[PodSchedulingGate] resourceClaims:39[PodResourceClaim] resources:40ResourceRequirements
  hostnameOverride:41? schedulingGroup:43PodSchedulingGroup
PodStatus phase:1 conditions:2[PodCondition] message:3 reason:4 hostIP:5 podIP:6 startTime:7Time
  containerStatuses:8[ContainerStatus] qosClass:9 initContainerStatuses:10[ContainerStatus] nominatedNodeName:11
  podIPs:12[PodIP] ephemeralContainerStatuses:13[ContainerStatus] resize:14
  resourceClaimStatuses:15[PodResourceClaimStatus] hostIPs:16[HostIP] observedGeneration:17int64
  extendedResourceClaimStatus:18PodExtendedResourceClaimStatus allocatedResources:19{Quantity}
  resources:20ResourceRequirements nodeAllocatableResourceClaimStatuses:21[NodeAllocatableResourceClaimStatus]
PodTemplate metadata:1ObjectMeta template:2PodTemplateSpec
PodTemplateSpec metadata:1ObjectMeta spec:2PodSpec
PortStatus port:1?int32 protocol:2? error:3?
PortworxVolumeSource volumeID:1? fsType:2 readOnly:3bool
PreferredSchedulingTerm weight:1?int32 preference:2NodeSelectorTerm
Probe ProbeHandler:1^ProbeHandler initialDelaySeconds:2int32 timeoutSeconds:3int32 periodSeconds:4int32
  successThreshold:5int32 failureThreshold:6int32 terminationGracePeriodSeconds:7?int64
ProbeHandler exec:1ExecAction httpGet:2HTTPGetAction tcpSocket:3TCPSocketAction grpc:4GRPCAction
ProjectedVolumeSource sources:1[VolumeProjection] defaultMode:2?int32
QuobyteVolumeSource registry:1? volume:2? readOnly:3bool user:4 group:5 tenant:6
RBDPersistentVolumeSource monitors:1[] image:2? fsType:3 pool:4 user:5 keyring:6 secretRef:7SecretReference
  readOnly:8bool
RBDVolumeSource monitors:1[] image:2? fsType:3 pool:4 user:5 keyring:6 secretRef:7LocalObjectReference readOnly:8bool
ReplicationController metadata:1ObjectMeta spec:2ReplicationControllerSpec status:3ReplicationControllerStatus
ReplicationControllerCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
ReplicationControllerSpec replicas:1?int32 selector:2{} template:3PodTemplateSpec minReadySeconds:4int32
ReplicationControllerStatus replicas:1?int32 fullyLabeledReplicas:2int32 observedGeneration:3int64
  readyReplicas:4int32 availableReplicas:5int32 conditions:6[ReplicationControllerCondition]
ResourceClaim name:1? request:2
ResourceFieldSelector containerName:1 resource:2? divisor:3Quantity
ResourceHealth resourceID:1? health:2 message:6?
ResourceQuota metadata:1ObjectMeta spec:2ResourceQuotaSpec status:3ResourceQuotaStatus
ResourceQuotaSpec hard:1{Quantity} scopes:2[] scopeSelector:3ScopeSelector
ResourceQuotaStatus hard:1{Quantity} used:2{Quantity}
ResourceRequirements limits:1{Quantity} requests:2{Quantity} claims:3[ResourceClaim]
ResourceStatus name:1? resources:2[ResourceHealth]
SELinuxOptions user:1 role:2 type:3 level:4
ScaleIOPersistentVolumeSource gateway:1? system:2? secretRef:3SecretReference sslEnabled:4bool protectionDomain:5
  storagePool:6 storageMode:7 volumeName:8 fsType:9 readOnly:10bool
ScaleIOVolumeSource gateway:1? system:2? secretRef:3LocalObjectReference sslEnabled:4bool protectionDomain:5
  storagePool:6 storageMode:7 volumeName:8 fsType:9 readOnly:10bool
ScopeSelector matchExpressions:1[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement scopeName:1? operator:2? values:3[]
SeccompProfile type:1? localhostProfile:2?
Secret metadata:1ObjectMeta data:2{bytes} type:3 stringData:4{} immutable:5?bool
SecretEnvSource LocalObjectReference:1^LocalObjectReference optional:2?bool
SecretKeySelector LocalObjectReference:1^LocalObjectReference key:2? optional:3?bool
SecretProjection LocalObjectReference:1^LocalObjectReference items:2[KeyToPath] optional:4?bool
SecretReference name:1 namespace:2
SecretVolumeSource secretName:1 items:2[KeyToPath] defaultMode:3?int32 optional:4?bool
SecurityContext capabilities:1Capabilities privileged:2?bool seLinuxOptions:3SELinuxOptions runAsUser:4?int64
  runAsNonRoot:5?bool readOnlyRootFilesystem:6?bool allowPrivilegeEscalation:7?bool runAsGroup:8?int64 procMount:9?
  windowsOptions:10WindowsSecurityContextOptions seccompProfile:11SeccompProfile appArmorProfile:12AppArmorProfile
Service metadata:1ObjectMeta spec:2ServiceSpec status:3ServiceStatus
ServiceAccount metadata:1ObjectMeta secrets:2[ObjectReference] imagePullSecrets:3[LocalObjectReference]
  automountServiceAccountToken:4?bool
ServiceAccountTokenProjection audience:1 expirationSeconds:2?int64 path:3?
ServicePort name:1 protocol:2 port:3?int32 targetPort:4IntOrString nodePort:5int32 appProtocol:6?
ServiceSpec ports:1[ServicePort] selector:2{} clusterIP:3 type:4 externalIPs:5[] sessionAffinity:7 loadBalancerIP:8
  loadBalancerSourceRanges:9[] externalName:10 externalTrafficPolicy:11 healthCheckNodePort:12int32
  publishNotReadyAddresses:13bool sessionAffinityConfig:14SessionAffinityConfig ipFamilyPolicy:17? clusterIPs:18[]
  ipFamilies:19[] allocateLoadBalancerNodePorts:20?bool loadBalancerClass:21? internalTrafficPolicy:22?
  trafficDistribution:23?
ServiceStatus loadBalancer:1LoadBalancerStatus conditions:2[Condition]
SessionAffinityConfig clientIP:1ClientIPConfig
SleepAction seconds:1?int64
StorageOSPersistentVolumeSource volumeName:1 volumeNamespace:2 fsType:3 readOnly:4bool secretRef:5ObjectReference
StorageOSVolumeSource volumeName:1 volumeNamespace:2 fsType:3 readOnly:4bool secretRef:5LocalObjectReference
Sysctl name:1? value:2?
TCPSocketAction port:1IntOrString host:2
Taint key:1? value:2 effect:3? timeAdded:4Time
Toleration key:1 operator:2 value:3 effect:4 tolerationSeconds:5?int64
TopologySelectorLabelRequirement key:1? values:2[]
TopologySelectorTerm matchLabelExpressions:1[TopologySelectorLabelRequirement]
TopologySpreadConstraint maxSkew:1?int32 topologyKey:2? whenUnsatisfiable:3? labelSelector:4LabelSelector
  minDomains:5?int32 nodeAffinityPolicy:6? nodeTaintsPolicy:7? matchLabelKeys:8[]
TypedLocalObjectReference apiGroup:1? kind:2? name:3?
TypedObjectReference apiGroup:1? kind:2? name:3? namespace:4?
Volume name:1? VolumeSource:2^VolumeSource
VolumeDevice name:1? devicePath:2?
VolumeMount name:1? readOnly:2bool mountPath:3? subPath:4 mountPropagation:5? subPathExpr:6 recursiveReadOnly:7?
VolumeMountStatus name:1? mountPath:2? readOnly:3bool recursiveReadOnly:4? volumeStatus:5VolumeStatus
VolumeNodeAffinity required:1NodeSelector
VolumeProjection secret:1SecretProjection downwardAPI:2DownwardAPIProjection configMap:3ConfigMapProjection
  serviceAccountToken:4ServiceAccountTokenProjection clusterTrustBundle:5ClusterTrustBundleProjection
  podCertificate:6PodCertificateProjection
VolumeResourceRequirements limits:1{Quantity} requests:2{Quantity}
VolumeSource hostPath:1HostPathVolumeSource emptyDir:2EmptyDirVolumeSource
  gcePersistentDisk:3GCEPersistentDiskVolumeSource awsElasticBlockStore:4AWSElasticBlockStoreVolumeSource
  gitRepo:5GitRepoVolumeSource secret:6SecretVolumeSource nfs:7NFSVolumeSource iscsi:8ISCSIVolumeSource
  glusterfs:9GlusterfsVolumeSource persistentVolumeClaim:10PersistentVolumeClaimVolumeSource rbd:11RBDVolumeSource
  flexVolume:12FlexVolumeSource cinder:13CinderVolumeSource cephfs:14CephFSVolumeSource flocker:15FlockerVolumeSource
  downwardAPI:16DownwardAPIVolumeSource fc:17FCVolumeSource azureFile:18AzureFileVolumeSource
  configMap:19ConfigMapVolumeSource vsphereVolume:20VsphereVirtualDiskVolumeSource quobyte:21QuobyteVolumeSource
  azureDisk:22AzureDiskVolumeSource photonPersistentDisk:23PhotonPersistentDiskVolumeSource
  portworxVolume:24PortworxVolumeSource scaleIO:25ScaleIOVolumeSource projected:26ProjectedVolumeSource
  storageos:27StorageOSVolumeSource csi:28CSIVolumeSource ephemeral:29EphemeralVolumeSource image:30ImageVolumeSource
VolumeStatus image:1ImageVolumeStatus
VsphereVirtualDiskVolumeSource volumePath:1? fsType:2 storagePolicyName:3 storagePolicyID:4
WeightedPodAffinityTerm weight:1?int32 podAffinityTerm:2PodAffinityTerm
WindowsSecurityContextOptions gmsaCredentialSpecName:1? gmsaCredentialSpec:2? runAsUserName:3? hostProcess:4?bool
`
