/** Facts about resource.k8s.io/v1: see facts.ts. */
export const RESOURCE = `
AllocatedDeviceStatus conditions[type] device! driver! pool!
AllocationResult devices{}
CELDeviceSelector expression!
CapacityRequestPolicy validValues[a]
CapacityRequestPolicyRange min!
Counter value!
CounterSet counters! name!
Device bindingConditions[a] bindingFailureConditions[a] consumesCounters[a] name! taints[a]
DeviceAllocationConfiguration requests[a] source<FromClaim|FromClass>!
DeviceAllocationResult config[a] results[a]
DeviceAttribute bools[a] ints[a] strings[a] versions[a]
DeviceCapacity value!
DeviceClaim config[a] constraints[a] requests[a]
DeviceClaimConfiguration requests[a]
DeviceClass spec{}!
DeviceClassSpec config[a] selectors[a]
DeviceConstraint requests[a]
DeviceCounterConsumption counterSet! counters!
DeviceRequest firstAvailable[a] name!
DeviceRequestAllocationResult bindingConditions[a] bindingFailureConditions[a] device! driver! pool! request!
  tolerations[a]
DeviceSubRequest allocationMode<All|ExactCount> deviceClassName! name! selectors[a] tolerations[a]
DeviceTaint effect<NoExecute|NoSchedule|None>! key!
DeviceToleration effect<NoExecute|NoSchedule|None> operator<Equal|Exists>=Equal
ExactDeviceRequest allocationMode<All|ExactCount> deviceClassName! selectors[a] tolerations[a]
NetworkDeviceData ips[a]
OpaqueDeviceConfiguration driver! parameters!
ResourceClaim spec{}! status{}
ResourceClaimConsumerReference name! resource! uid!
ResourceClaimSpec devices{}
ResourceClaimStatus devices[driver,device,pool,shareID] reservedFor[uid]
ResourceClaimTemplate spec{}!
ResourceClaimTemplateSpec spec{}!
ResourcePool generation! name! resourceSliceCount!
ResourceSlice spec{}!
ResourceSliceSpec devices[a] driver! pool{}! sharedCounters[a]
`
