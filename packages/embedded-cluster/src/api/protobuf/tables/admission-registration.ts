/** Messages of admissionregistration.k8s.io/v1: see message-type.ts. */
export const ADMISSION_REGISTRATION = `
ApplyConfiguration expression:1
AuditAnnotation key:1? valueExpression:2?
ExpressionWarning fieldRef:2? warning:3?
JSONPatch expression:1
MatchCondition name:1? expression:2?
MatchResources namespaceSelector:1LabelSelector objectSelector:2LabelSelector resourceRules:3[NamedRuleWithOperations]
  excludeResourceRules:4[NamedRuleWithOperations] matchPolicy:7?
MutatingAdmissionPolicy metadata:1ObjectMeta spec:2MutatingAdmissionPolicySpec
MutatingAdmissionPolicyBinding metadata:1ObjectMeta spec:2MutatingAdmissionPolicyBindingSpec
MutatingAdmissionPolicyBindingSpec policyName:1 paramRef:2ParamRef matchResources:3MatchResources
MutatingAdmissionPolicySpec paramKind:1ParamKind matchConstraints:2MatchResources variables:3[Variable]
  mutations:4[Mutation] failurePolicy:5? matchConditions:6[MatchCondition] reinvocationPolicy:7
MutatingWebhook name:1? clientConfig:2WebhookClientConfig rules:3[RuleWithOperations] failurePolicy:4? matchPolicy:9?
  namespaceSelector:5LabelSelector objectSelector:11LabelSelector sideEffects:6? timeoutSeconds:7?int32
  admissionReviewVersions:8[] reinvocationPolicy:10? matchConditions:12[MatchCondition]
MutatingWebhookConfiguration metadata:1ObjectMeta webhooks:2[MutatingWebhook]
Mutation patchType:2? applyConfiguration:3ApplyConfiguration jsonPatch:4JSONPatch
NamedRuleWithOperations resourceNames:1[] ruleWithOperations:2^RuleWithOperations
ParamKind apiVersion:1 kind:2
ParamRef name:1 namespace:2 selector:3LabelSelector parameterNotFoundAction:4?
Rule apiGroups:1[] apiVersions:2[] resources:3[] scope:4?
RuleWithOperations operations:1[] rule:2^Rule
ServiceReference namespace:1? name:2? path:3? port:4?int32
TypeChecking expressionWarnings:1[ExpressionWarning]
ValidatingAdmissionPolicy metadata:1ObjectMeta spec:2ValidatingAdmissionPolicySpec
  status:3ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding metadata:1ObjectMeta spec:2ValidatingAdmissionPolicyBindingSpec
ValidatingAdmissionPolicyBindingSpec policyName:1 paramRef:2ParamRef matchResources:3MatchResources
  validationActions:4[]
ValidatingAdmissionPolicySpec paramKind:1ParamKind matchConstraints:2MatchResources validations:3[Validation]
  failurePolicy:4? auditAnnotations:5[AuditAnnotation] matchConditions:6[MatchCondition] variables:7[Variable]
ValidatingAdmissionPolicyStatus observedGeneration:1int64 typeChecking:2TypeChecking conditions:3[Condition]
ValidatingWebhook name:1? clientConfig:2WebhookClientConfig rules:3[RuleWithOperations] failurePolicy:4?
  matchPolicy:9? namespaceSelector:5LabelSelector objectSelector:10LabelSelector sideEffects:6? timeoutSeconds:7?int32
  admissionReviewVersions:8[] matchConditions:11[MatchCondition]
ValidatingWebhookConfiguration metadata:1ObjectMeta webhooks:2[ValidatingWebhook]
Validation expression:1? message:2 reason:3? messageExpression:4
Variable name:1? expression:2?
WebhookClientConfig url:3? service:1ServiceReference caBundle:2bytes
`
