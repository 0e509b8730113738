import { eventVersion1 } from "../versions/event-v1.ts"
import { CLUSTER, type ResourceInfo, STATUS, served } from "./resource-info.ts"

const admission = served("admissionregistration.k8s.io", "v1")
const apiextensions = served("apiextensions.k8s.io", "v1")
const apiregistration = served("apiregistration.k8s.io", "v1")
const certificates = served("certificates.k8s.io", "v1")
const devices = served("resource.k8s.io", "v1")
const events = served("events.k8s.io", "v1")
const flowcontrol = served("flowcontrol.apiserver.k8s.io", "v1")
const node = served("node.k8s.io", "v1")

const EXTENSION: Partial<ResourceInfo> = { ...CLUSTER, categories: ["api-extensions"] }

/** What the API server itself is made of: admission, extension, certificates, flow control; devices and runtimes. */
export const MACHINERY: readonly ResourceInfo[] = [
  admission("mutatingadmissionpolicies", "MutatingAdmissionPolicy", "LYmCf+UMVdg=", EXTENSION),
  admission("mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding", "90V5FRZZ3Zg=", EXTENSION),
  admission("mutatingwebhookconfigurations", "MutatingWebhookConfiguration", "Sqi0GUgDaX0=", EXTENSION),
  admission("validatingadmissionpolicies", "ValidatingAdmissionPolicy", "6OxvlMmQ6is=", { ...EXTENSION, ...STATUS }),
  admission("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", "v9715VZqakg=", EXTENSION),
  admission("validatingwebhookconfigurations", "ValidatingWebhookConfiguration", "B0wHjQmsGNk=", EXTENSION),
  apiextensions("customresourcedefinitions", "CustomResourceDefinition", "jfWCUB31mvA=", {
    ...EXTENSION,
    ...STATUS,
    shortNames: ["crd", "crds"],
  }),
  apiregistration("apiservices", "APIService", "InPBPD7+PqM=", { ...EXTENSION, ...STATUS }),
  certificates("certificatesigningrequests", "CertificateSigningRequest", "95fRKMXA+00=", {
    ...CLUSTER,
    shortNames: ["csr"],
    subresources: ["approval", "status"],
  }),
  devices("deviceclasses", "DeviceClass", "Yk2PTc1Ybxk=", CLUSTER),
  devices("resourceclaims", "ResourceClaim", "wgAZaHcZxUg=", STATUS),
  devices("resourceclaimtemplates", "ResourceClaimTemplate", "TuzjC49aUfM="),
  devices("resourceslices", "ResourceSlice", "KsC072WgaEY=", CLUSTER),
  events("events", "Event", "r2yiGXH7wu8=", { shortNames: ["ev"], conversion: eventVersion1 }),
  flowcontrol("flowschemas", "FlowSchema", "GJVAJZSZBIw=", { ...CLUSTER, ...STATUS }),
  flowcontrol("prioritylevelconfigurations", "PriorityLevelConfiguration", "Kir5PVfvNeI=", { ...CLUSTER, ...STATUS }),
  node("runtimeclasses", "RuntimeClass", "WQTu1GL3T2Q=", CLUSTER),
]
