/** Types of admission and of custom resource definitions: see types-a-l.ts. */
export const TYPES_EXTENSION = `
ApplyConfiguration expression:string
AuditAnnotation key:string valueExpression:string
CustomResourceColumnDefinition description:string format:string jsonPath:string name:string priority:int32 type:string
CustomResourceConversion strategy:string webhook:WebhookConversion
CustomResourceDefinition apiVersion:string kind:string metadata:ObjectMeta spec:CustomResourceDefinitionSpec
  status:CustomResourceDefinitionStatus
CustomResourceDefinitionCondition lastTransitionTime:Time message:string observedGeneration:int64 reason:string
  status:string type:string
CustomResourceDefinitionNames categories:[string] kind:string listKind:string plural:string shortNames:[string]
  singular:string
CustomResourceDefinitionSpec conversion:CustomResourceConversion group:string names:CustomResourceDefinitionNames
  preserveUnknownFields:bool scope:string versions:[CustomResourceDefinitionVersion]
CustomResourceDefinitionStatus acceptedNames:CustomResourceDefinitionNames
  conditions:[CustomResourceDefinitionCondition] observedGeneration:int64 storedVersions:[string]
CustomResourceDefinitionVersion additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:bool
  deprecationWarning:string name:string schema:CustomResourceValidation selectableFields:[SelectableField] served:bool
  storage:bool subresources:CustomResourceSubresources
CustomResourceSubresourceScale labelSelectorPath:string specReplicasPath:string statusReplicasPath:string
CustomResourceSubresourceStatus
CustomResourceSubresources scale:CustomResourceSubresourceScale status:CustomResourceSubresourceStatus
CustomResourceValidation openAPIV3Schema:JSONSchemaProps
ExpressionWarning fieldRef:string warning:string
ExternalDocumentation description:string url:string
JSONPatch expression:string
JSONSchemaProps $ref:string $schema:string additionalItems:JSONSchemaPropsOrBool
  additionalProperties:JSONSchemaPropsOrBool allOf:[JSONSchemaProps] anyOf:[JSONSchemaProps] default:JSON
  definitions:{JSONSchemaProps} dependencies:{JSONSchemaPropsOrStringArray} description:string enum:[JSON]
  example:JSON exclusiveMaximum:bool exclusiveMinimum:bool externalDocs:ExternalDocumentation format:string id:string
  items:JSONSchemaPropsOrArray maxItems:int64 maxLength:int64 maxProperties:int64 maximum:float64 minItems:int64
  minLength:int64 minProperties:int64 minimum:float64 multipleOf:float64 not:JSONSchemaProps nullable:bool
  oneOf:[JSONSchemaProps] pattern:string patternProperties:{JSONSchemaProps} properties:{JSONSchemaProps}
  required:[string] title:string type:string uniqueItems:bool x-kubernetes-embedded-resource:bool
  x-kubernetes-int-or-string:bool x-kubernetes-list-map-keys:[string] x-kubernetes-list-type:string
  x-kubernetes-map-type:string x-kubernetes-preserve-unknown-fields:bool
  x-kubernetes-validations:[ValidationRule]~rule
MatchCondition expression:string name:string
MatchResources excludeResourceRules:[NamedRuleWithOperations] matchPolicy:string namespaceSelector:LabelSelector
  objectSelector:LabelSelector resourceRules:[NamedRuleWithOperations]
MutatingAdmissionPolicy apiVersion:string kind:string metadata:ObjectMeta spec:MutatingAdmissionPolicySpec
MutatingAdmissionPolicyBinding apiVersion:string kind:string metadata:ObjectMeta
  spec:MutatingAdmissionPolicyBindingSpec
MutatingAdmissionPolicyBindingSpec matchResources:MatchResources paramRef:ParamRef policyName:string
MutatingAdmissionPolicySpec failurePolicy:string matchConditions:[MatchCondition]~name matchConstraints:MatchResources
  mutations:[Mutation] paramKind:ParamKind reinvocationPolicy:string variables:[Variable]
MutatingWebhook admissionReviewVersions:[string] clientConfig:WebhookClientConfig failurePolicy:string
  matchConditions:[MatchCondition]~name matchPolicy:string name:string namespaceSelector:LabelSelector
  objectSelector:LabelSelector reinvocationPolicy:string rules:[RuleWithOperations] sideEffects:string
  timeoutSeconds:int32
MutatingWebhookConfiguration apiVersion:string kind:string metadata:ObjectMeta webhooks:[MutatingWebhook]~name
Mutation applyConfiguration:ApplyConfiguration jsonPatch:JSONPatch patchType:string
NamedRuleWithOperations apiGroups:[string] apiVersions:[string] operations:[string] resourceNames:[string]
  resources:[string] scope:string
ParamKind apiVersion:string kind:string
ParamRef name:string namespace:string parameterNotFoundAction:string selector:LabelSelector
RuleWithOperations apiGroups:[string] apiVersions:[string] operations:[string] resources:[string] scope:string
SelectableField jsonPath:string
ServiceReference name:string namespace:string path:string port:int32
TypeChecking expressionWarnings:[ExpressionWarning]
ValidatingAdmissionPolicy apiVersion:string kind:string metadata:ObjectMeta spec:ValidatingAdmissionPolicySpec
  status:ValidatingAdmissionPolicyStatus
ValidatingAdmissionPolicyBinding apiVersion:string kind:string metadata:ObjectMeta
  spec:ValidatingAdmissionPolicyBindingSpec
ValidatingAdmissionPolicyBindingSpec matchResources:MatchResources paramRef:ParamRef policyName:string
  validationActions:[string]
ValidatingAdmissionPolicySpec auditAnnotations:[AuditAnnotation] failurePolicy:string
  matchConditions:[MatchCondition]~name matchConstraints:MatchResources paramKind:ParamKind validations:[Validation]
  variables:[Variable]~name
ValidatingAdmissionPolicyStatus conditions:[Condition] observedGeneration:int64 typeChecking:TypeChecking
ValidatingWebhook admissionReviewVersions:[string] clientConfig:WebhookClientConfig failurePolicy:string
  matchConditions:[MatchCondition]~name matchPolicy:string name:string namespaceSelector:LabelSelector
  objectSelector:LabelSelector rules:[RuleWithOperations] sideEffects:string timeoutSeconds:int32
ValidatingWebhookConfiguration apiVersion:string kind:string metadata:ObjectMeta webhooks:[ValidatingWebhook]~name
Validation expression:string message:string messageExpression:string reason:string
ValidationRule fieldPath:string message:string messageExpression:string optionalOldSelf:bool reason:string rule:string
Variable expression:string name:string
WebhookClientConfig caBundle:bytes service:ServiceReference url:string
WebhookConversion clientConfig:WebhookClientConfig conversionReviewVersions:[string]
`
