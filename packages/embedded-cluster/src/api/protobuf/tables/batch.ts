/** Messages of batch/v1: see message-type.ts. */
export const BATCH = `
CronJob metadata:1ObjectMeta spec:2CronJobSpec status:3CronJobStatus
CronJobSpec schedule:1? startingDeadlineSeconds:2?int64 concurrencyPolicy:3 suspend:4?bool
  jobTemplate:5JobTemplateSpec successfulJobsHistoryLimit:6?int32 failedJobsHistoryLimit:7?int32 timeZone:8?
CronJobStatus active:1[ObjectReference] lastScheduleTime:4Time lastSuccessfulTime:5Time
Job metadata:1ObjectMeta spec:2JobSpec status:3JobStatus
JobCondition type:1? status:2? lastProbeTime:3Time lastTransitionTime:4Time reason:5 message:6
JobSpec parallelism:1?int32 completions:2?int32 activeDeadlineSeconds:3?int64 selector:4LabelSelector
  manualSelector:5?bool template:6PodTemplateSpec backoffLimit:7?int32 ttlSecondsAfterFinished:8?int32
  completionMode:9? suspend:10?bool podFailurePolicy:11PodFailurePolicy backoffLimitPerIndex:12?int32
  maxFailedIndexes:13?int32 podReplacementPolicy:14? managedBy:15? successPolicy:16SuccessPolicy
JobStatus conditions:1[JobCondition] startTime:2Time completionTime:3Time active:4int32 succeeded:5int32 failed:6int32
  completedIndexes:7 uncountedTerminatedPods:8UncountedTerminatedPods ready:9?int32 failedIndexes:10?
  terminating:11?int32
JobTemplateSpec metadata:1ObjectMeta spec:2JobSpec
PodFailurePolicy rules:1[PodFailurePolicyRule]
PodFailurePolicyOnExitCodesRequirement containerName:1? operator:2? values:3[int32]
PodFailurePolicyOnPodConditionsPattern type:1? status:2?
PodFailurePolicyRule action:1? onExitCodes:2PodFailurePolicyOnExitCodesRequirement
  onPodConditions:3[PodFailurePolicyOnPodConditionsPattern]
SuccessPolicy rules:1[SuccessPolicyRule]
SuccessPolicyRule succeededIndexes:1? succeededCount:2?int32
UncountedTerminatedPods succeeded:1[] failed:2[]
`
