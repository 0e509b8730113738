/** Facts about admissionregistration.k8s.io/v1: see facts.ts. */
export const ADMISSION_REGISTRATION = `
AuditAnnotation key! valueExpression!
ExpressionWarning fieldRef! warning!
MatchCondition expression! name!
MatchResources @atomic excludeResourceRules[a] matchPolicy<Equivalent|Exact> resourceRules[a]
MutatingAdmissionPolicy spec{}
MutatingAdmissionPolicyBinding spec{}
MutatingAdmissionPolicySpec failurePolicy<Fail|Ignore> matchConditions[name] mutations[a]
  reinvocationPolicy<IfNeeded|Never> variables[a]
MutatingWebhook admissionReviewVersions[a]! clientConfig{}! failurePolicy<Fail|Ignore> matchConditions[name]
  matchPolicy<Equivalent|Exact> name! reinvocationPolicy<IfNeeded|Never> rules[a]
  sideEffects<None|NoneOnDryRun|Some|Unknown>=?!
MutatingWebhookConfiguration webhooks[name]
Mutation patchType<ApplyConfiguration|JSONPatch>!
NamedRuleWithOperations @atomic apiGroups[a] apiVersions[a] operations[a] resourceNames[a] resources[a]
  scope<*|Cluster|Namespaced>
ParamKind @atomic
ParamRef @atomic
RuleWithOperations apiGroups[a] apiVersions[a] operations[a] resources[a] scope<*|Cluster|Namespaced>
ServiceReference name! namespace!
TypeChecking expressionWarnings[a]
ValidatingAdmissionPolicy spec{} status{}
ValidatingAdmissionPolicyBinding spec{}!
ValidatingAdmissionPolicyBindingSpec policyName=?! validationActions[s]!
ValidatingAdmissionPolicySpec auditAnnotations[a] failurePolicy<Fail|Ignore> matchConditions[name] validations[a]
  variables[name]
ValidatingAdmissionPolicyStatus conditions[type]
ValidatingWebhook admissionReviewVersions[a]! clientConfig{}! failurePolicy<Fail|Ignore> matchConditions[name]
  matchPolicy<Equivalent|Exact> name! rules[a] sideEffects<None|NoneOnDryRun|Some|Unknown>=?!
ValidatingWebhookConfiguration webhooks[name]
Validation expression!
Variable @atomic expression! name!
`

/** Facts about apiextensions.k8s.io/v1: see facts.ts. */
export const API_EXTENSIONS = `
CustomResourceColumnDefinition jsonPath! name! type!
CustomResourceConversion strategy!
CustomResourceDefinition spec{}! status{}
CustomResourceDefinitionCondition status! type!
CustomResourceDefinitionNames categories[a] kind! plural! shortNames[a]
CustomResourceDefinitionSpec group! names{}! scope! versions[a]!
CustomResourceDefinitionStatus acceptedNames{} conditions[type] storedVersions[a]
CustomResourceDefinitionVersion additionalPrinterColumns[a] name! selectableFields[a] served! storage!
CustomResourceSubresourceScale specReplicasPath! statusReplicasPath!
JSONSchemaProps allOf[a] anyOf[a] enum[a] oneOf[a] required[a] x-kubernetes-list-map-keys[a]
  x-kubernetes-validations[rule]
SelectableField jsonPath!
ServiceReference name! namespace!
ValidationRule reason<FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired> rule!
WebhookConversion conversionReviewVersions[a]!
`
