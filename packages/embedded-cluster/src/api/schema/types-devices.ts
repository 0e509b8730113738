/** Types of dynamic resource allocation: see types-a-l.ts. */
export const TYPES_DEVICES = `
AllocatedDeviceStatus conditions:[Condition] data:any device:string driver:string networkData:NetworkDeviceData
  pool:string shareID:string
AllocationResult allocationTimestamp:Time devices:DeviceAllocationResult nodeSelector:NodeSelector
CELDeviceSelector expression:string
CapacityRequestPolicy default:Quantity validRange:CapacityRequestPolicyRange validValues:[Quantity]
CapacityRequestPolicyRange max:Quantity min:Quantity step:Quantity
CapacityRequirements requests:{Quantity}
Counter value:Quantity
CounterSet counters:{Counter} name:string
Device allNodes:bool allowMultipleAllocations:bool attributes:{DeviceAttribute} bindingConditions:[string]
  bindingFailureConditions:[string] bindsToNode:bool capacity:{DeviceCapacity}
  consumesCounters:[DeviceCounterConsumption] name:string
  nodeAllocatableResourceMappings:{NodeAllocatableResourceMapping} nodeName:string nodeSelector:NodeSelector
  taints:[DeviceTaint]
DeviceAllocationConfiguration opaque:OpaqueDeviceConfiguration requests:[string] source:string
DeviceAllocationResult config:[DeviceAllocationConfiguration] results:[DeviceRequestAllocationResult]
DeviceAttribute bool:bool bools:[bool] int:int64 ints:[int64] string:string strings:[string] version:string
  versions:[string]
DeviceCapacity requestPolicy:CapacityRequestPolicy value:Quantity
DeviceClaim config:[DeviceClaimConfiguration] constraints:[DeviceConstraint] requests:[DeviceRequest]
DeviceClaimConfiguration opaque:OpaqueDeviceConfiguration requests:[string]
DeviceClass apiVersion:string kind:string metadata:ObjectMeta spec:DeviceClassSpec
DeviceClassConfiguration opaque:OpaqueDeviceConfiguration
DeviceClassSpec config:[DeviceClassConfiguration] extendedResourceName:string selectors:[DeviceSelector]
DeviceConstraint distinctAttribute:string matchAttribute:string requests:[string]
DeviceCounterConsumption counterSet:string counters:{Counter}
DeviceRequest exactly:ExactDeviceRequest firstAvailable:[DeviceSubRequest] name:string
DeviceRequestAllocationResult adminAccess:bool bindingConditions:[string] bindingFailureConditions:[string]
  consumedCapacity:{Quantity} device:string driver:string pool:string request:string shareID:string
  tolerations:[DeviceToleration]
DeviceSelector cel:CELDeviceSelector
DeviceSubRequest allocationMode:string capacity:CapacityRequirements count:int64 deviceClassName:string name:string
  selectors:[DeviceSelector] tolerations:[DeviceToleration]
DeviceTaint effect:string key:string timeAdded:Time value:string
DeviceToleration effect:string key:string operator:string tolerationSeconds:int64 value:string
ExactDeviceRequest adminAccess:bool allocationMode:string capacity:CapacityRequirements count:int64
  deviceClassName:string selectors:[DeviceSelector] tolerations:[DeviceToleration]
NetworkDeviceData hardwareAddress:string interfaceName:string ips:[string]
NodeAllocatableResourceMapping allocationMultiplier:Quantity capacityKey:string
OpaqueDeviceConfiguration driver:string parameters:any
ResourceClaim@resource.v1 apiVersion:string kind:string metadata:ObjectMeta spec:ResourceClaimSpec
  status:ResourceClaimStatus
ResourceClaimConsumerReference apiGroup:string name:string resource:string uid:string
ResourceClaimSpec devices:DeviceClaim
ResourceClaimStatus allocation:AllocationResult devices:[AllocatedDeviceStatus]
  reservedFor:[ResourceClaimConsumerReference]~uid
ResourceClaimTemplate apiVersion:string kind:string metadata:ObjectMeta spec:ResourceClaimTemplateSpec
ResourceClaimTemplateSpec metadata:ObjectMeta spec:ResourceClaimSpec
ResourcePool generation:int64 name:string resourceSliceCount:int64
ResourceSlice apiVersion:string kind:string metadata:ObjectMeta spec:ResourceSliceSpec
ResourceSliceSpec allNodes:bool devices:[Device] driver:string nodeName:string nodeSelector:NodeSelector
  perDeviceNodeSelection:bool pool:ResourcePool sharedCounters:[CounterSet]
`
