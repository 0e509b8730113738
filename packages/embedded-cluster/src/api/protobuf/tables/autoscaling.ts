/** Messages of autoscaling/v1: see message-type.ts. */
export const AUTOSCALING_V1 = `
CrossVersionObjectReference kind:1? name:2? apiVersion:3
HorizontalPodAutoscaler metadata:1ObjectMeta spec:2HorizontalPodAutoscalerSpec status:3HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerSpec scaleTargetRef:1CrossVersionObjectReference minReplicas:2?int32 maxReplicas:3?int32
  targetCPUUtilizationPercentage:4?int32
HorizontalPodAutoscalerStatus observedGeneration:1?int64 lastScaleTime:2Time currentReplicas:3?int32
  desiredReplicas:4?int32 currentCPUUtilizationPercentage:5?int32
Scale metadata:1ObjectMeta spec:2ScaleSpec status:3ScaleStatus
ScaleSpec replicas:1int32
ScaleStatus replicas:1?int32 selector:2
`

/** Messages of autoscaling/v2: see message-type.ts. */
export const AUTOSCALING_V2 = `
ContainerResourceMetricSource name:1? target:2MetricTarget container:3?
ContainerResourceMetricStatus name:1? current:2MetricValueStatus container:3?
CrossVersionObjectReference kind:1? name:2? apiVersion:3
ExternalMetricSource metric:1MetricIdentifier target:2MetricTarget
ExternalMetricStatus metric:1MetricIdentifier current:2MetricValueStatus
HPAScalingPolicy type:1? value:2?int32 periodSeconds:3?int32
HPAScalingRules selectPolicy:1? policies:2[HPAScalingPolicy] stabilizationWindowSeconds:3?int32 tolerance:4Quantity
HorizontalPodAutoscaler metadata:1ObjectMeta spec:2HorizontalPodAutoscalerSpec status:3HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerBehavior scaleUp:1HPAScalingRules scaleDown:2HPAScalingRules
HorizontalPodAutoscalerCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
HorizontalPodAutoscalerSpec scaleTargetRef:1CrossVersionObjectReference minReplicas:2?int32 maxReplicas:3?int32
  metrics:4[MetricSpec] behavior:5HorizontalPodAutoscalerBehavior
HorizontalPodAutoscalerStatus observedGeneration:1?int64 lastScaleTime:2Time currentReplicas:3int32
  desiredReplicas:4?int32 currentMetrics:5[MetricStatus] conditions:6[HorizontalPodAutoscalerCondition]
MetricIdentifier name:1? selector:2LabelSelector
MetricSpec type:1? object:2ObjectMetricSource pods:3PodsMetricSource resource:4ResourceMetricSource
  external:5ExternalMetricSource containerResource:7ContainerResourceMetricSource
MetricStatus type:1? object:2ObjectMetricStatus pods:3PodsMetricStatus resource:4ResourceMetricStatus
  external:5ExternalMetricStatus containerResource:7ContainerResourceMetricStatus
MetricTarget type:1? value:2Quantity averageValue:3Quantity averageUtilization:4?int32
MetricValueStatus value:1Quantity averageValue:2Quantity averageUtilization:3?int32
ObjectMetricSource describedObject:1CrossVersionObjectReference target:2MetricTarget metric:3MetricIdentifier
ObjectMetricStatus metric:1MetricIdentifier current:2MetricValueStatus describedObject:3CrossVersionObjectReference
PodsMetricSource metric:1MetricIdentifier target:2MetricTarget
PodsMetricStatus metric:1MetricIdentifier current:2MetricValueStatus
ResourceMetricSource name:1? target:2MetricTarget
ResourceMetricStatus name:1? current:2MetricValueStatus
`
