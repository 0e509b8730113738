/** Messages of apiextensions.k8s.io/v1: see message-type.ts. */
export const API_EXTENSIONS = `
CustomResourceColumnDefinition name:1? type:2? format:3 description:4 priority:5int32 jsonPath:6?
CustomResourceConversion strategy:1? webhook:2WebhookConversion
CustomResourceDefinition metadata:1ObjectMeta spec:2CustomResourceDefinitionSpec status:3CustomResourceDefinitionStatus
CustomResourceDefinitionCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
  observedGeneration:6int64
CustomResourceDefinitionNames plural:1? singular:2 shortNames:3[] kind:4? listKind:5 categories:6[]
CustomResourceDefinitionSpec group:1? names:3CustomResourceDefinitionNames scope:4?
  versions:7[CustomResourceDefinitionVersion] conversion:9CustomResourceConversion preserveUnknownFields:10bool
CustomResourceDefinitionStatus conditions:1[CustomResourceDefinitionCondition]
  acceptedNames:2CustomResourceDefinitionNames storedVersions:3[] observedGeneration:4int64
CustomResourceDefinitionVersion name:1? served:2?bool storage:3?bool schema:4CustomResourceValidation
  subresources:5CustomResourceSubresources additionalPrinterColumns:6[CustomResourceColumnDefinition] deprecated:7bool
  deprecationWarning:8? selectableFields:9[SelectableField]
CustomResourceSubresourceScale specReplicasPath:1? statusReplicasPath:2? labelSelectorPath:3?
CustomResourceSubresourceStatus
CustomResourceSubresources status:1CustomResourceSubresourceStatus scale:2CustomResourceSubresourceScale
CustomResourceValidation openAPIV3Schema:1JSONSchemaProps
ExternalDocumentation description:1 url:2
JSONSchemaProps id:1 $schema:2 $ref:3? description:4 type:5 format:6 title:7 default:8Raw maximum:9?float64
  exclusiveMaximum:10bool minimum:11?float64 exclusiveMinimum:12bool maxLength:13?int64 minLength:14?int64 pattern:15
  maxItems:16?int64 minItems:17?int64 uniqueItems:18bool multipleOf:19?float64 enum:20[Raw] maxProperties:21?int64
  minProperties:22?int64 required:23[] items:24|JSONSchemaPropsOrArray allOf:25[JSONSchemaProps]
  oneOf:26[JSONSchemaProps] anyOf:27[JSONSchemaProps] not:28JSONSchemaProps properties:29{JSONSchemaProps}
  additionalProperties:30|JSONSchemaPropsOrBool patternProperties:31{JSONSchemaProps}
  dependencies:32{|JSONSchemaPropsOrStringArray} additionalItems:33|JSONSchemaPropsOrBool
  definitions:34{JSONSchemaProps} externalDocs:35ExternalDocumentation example:36Raw nullable:37bool
  x-kubernetes-preserve-unknown-fields:38?bool x-kubernetes-embedded-resource:39bool
  x-kubernetes-int-or-string:40bool x-kubernetes-list-map-keys:41[] x-kubernetes-list-type:42?
  x-kubernetes-map-type:43? x-kubernetes-validations:44[ValidationRule]
JSONSchemaPropsOrArray one:1JSONSchemaProps other:2[JSONSchemaProps]
JSONSchemaPropsOrBool other:1?bool one:2JSONSchemaProps
JSONSchemaPropsOrStringArray one:1JSONSchemaProps other:2[]
SelectableField jsonPath:1?
ServiceReference namespace:1? name:2? path:3? port:4?int32
ValidationRule rule:1? message:2 messageExpression:3 reason:4? fieldPath:5 optionalOldSelf:6?bool
WebhookClientConfig service:1ServiceReference caBundle:2bytes url:3?
WebhookConversion clientConfig:2WebhookClientConfig conversionReviewVersions:3[]
`
