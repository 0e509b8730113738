/** Messages of storage.k8s.io/v1: see message-type.ts. */
export const STORAGE = `
StorageClass metadata:1ObjectMeta provisioner:2? parameters:3{} reclaimPolicy:4? mountOptions:5[]
  allowVolumeExpansion:6?bool volumeBindingMode:7? allowedTopologies:8[TopologySelectorTerm]
`
