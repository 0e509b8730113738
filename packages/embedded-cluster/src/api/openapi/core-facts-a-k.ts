/**
 * What OpenAPI says of the core group's types beside their fields (schema/types-*.ts), A to K, in the notation of
 * facts.ts; taken from the OpenAPI document that a Kubernetes 1.36 API server serves (Apache-2.0), facts only.
 */
export const CORE_FACTS_A_TO_K = `
EventSeries
AWSElasticBlockStoreVolumeSource volumeID!
AppArmorProfile @union(type,localhostProfile) type<Localhost|RuntimeDefault|Unconfined>!
AttachedVolume devicePath! name!
AzureDiskVolumeSource cachingMode<None|ReadOnly|ReadWrite>=ReadWrite diskName! diskURI! fsType=ext4
  kind<Dedicated|Managed|Shared>=Shared readOnly=false
AzureFilePersistentVolumeSource secretName! shareName!
AzureFileVolumeSource secretName! shareName!
Binding target{}!
CSIPersistentVolumeSource driver! volumeHandle!
CSIVolumeSource driver!
Capabilities add[a] drop[a]
CephFSPersistentVolumeSource monitors[a]!
CephFSVolumeSource monitors[a]!
CinderPersistentVolumeSource volumeID!
CinderVolumeSource volumeID!
ClusterTrustBundleProjection path!
ComponentCondition status! type!
ComponentStatus conditions[type]
ConfigMap
ConfigMapEnvSource name=
ConfigMapKeySelector @atomic key! name=
ConfigMapNodeConfigSource kubeletConfigKey! name! namespace!
ConfigMapProjection items[a] name=
ConfigMapVolumeSource items[a] name=
Container args[a] command[a] env[name] envFrom[a] imagePullPolicy<Always|IfNotPresent|Never> name!
  ports[containerPort,protocol] resizePolicy[a] resources{} restartPolicyRules[a]
  terminationMessagePolicy<FallbackToLogsOnError|File> volumeDevices[devicePath] volumeMounts[mountPath]
ContainerExtendedResourceRequest containerName! requestName! resourceName!
ContainerImage names[a]
ContainerPort containerPort! protocol<SCTP|TCP|UDP>=TCP
ContainerResizePolicy resourceName! restartPolicy!
ContainerRestartRule action=?!
ContainerRestartRuleOnExitCodes operator=?! values[s]
ContainerStateTerminated exitCode!
ContainerStatus allocatedResourcesStatus[name] image! imageID! lastState{} name! ready! restartCount! state{}
  stopSignal<SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ>
  volumeMounts[mountPath]
DaemonEndpoint Port!
DownwardAPIProjection items[a]
DownwardAPIVolumeFile path!
DownwardAPIVolumeSource items[a]
EndpointAddress @atomic ip!
EndpointPort @atomic port! protocol<SCTP|TCP|UDP>
EndpointSubset addresses[a] notReadyAddresses[a] ports[a]
Endpoints subsets[a]
EnvVar name!
EphemeralContainer args[a] command[a] env[name] envFrom[a] imagePullPolicy<Always|IfNotPresent|Never> name!
  ports[containerPort,protocol] resizePolicy[a] resources{} restartPolicyRules[a]
  terminationMessagePolicy<FallbackToLogsOnError|File> volumeDevices[devicePath] volumeMounts[mountPath]
Event involvedObject{}! metadata! reportingComponent= reportingInstance= source{}
ExecAction command[a]
FCVolumeSource targetWWNs[a] wwids[a]
FileKeySelector @atomic key! optional=false path! volumeName!
FlexPersistentVolumeSource driver!
FlexVolumeSource driver!
GCEPersistentDiskVolumeSource pdName!
GRPCAction port! service=
GitRepoVolumeSource repository!
GlusterfsPersistentVolumeSource endpoints! path!
GlusterfsVolumeSource endpoints! path!
HTTPGetAction httpHeaders[a] port! scheme<HTTP|HTTPS>
HTTPHeader name! value!
HostAlias hostnames[a] ip!
HostIP ip!
HostPathVolumeSource path! type<|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket>
ISCSIPersistentVolumeSource iqn! iscsiInterface=default lun! portals[a] targetPortal!
ISCSIVolumeSource iqn! iscsiInterface=default lun! portals[a] targetPortal!
ImageVolumeSource pullPolicy<Always|IfNotPresent|Never>
ImageVolumeStatus imageRef=?!
KeyToPath key! path!
`
