/** Texts of `kubectl explain` about what all objects have; by type, and by type and field. */
export const METADATA: Readonly<Record<string, string>> = {
  "ObjectMeta.annotations":
    "Keys and values for tools and people. Unlike labels they select nothing, and may be long and of any form.",
  "ObjectMeta.creationTimestamp": "When the server stored the object first. Set by the server.",
  "ObjectMeta.deletionGracePeriodSeconds": "Seconds that the object has to end once its deletion was asked for.",
  "ObjectMeta.deletionTimestamp":
    "When the object is to be gone. Set by the server when its deletion is asked for; it stays until its finalizers are done and its grace period is over.",
  "ObjectMeta.finalizers":
    "Names of those who have something to do before the object may go. It is removed when the last one took its name away.",
  "ObjectMeta.generateName":
    "Beginning of a name, to which the server adds five characters. Used only when name is not given.",
  "ObjectMeta.generation": "A number that grows with each change of what is wanted of the object. Set by the server.",
  "ObjectMeta.labels":
    "Keys and values by which objects are found and grouped: the selectors of Services and controllers ask for them.",
  "ObjectMeta.managedFields": "Which fields were set by whom. Kept by the server, for server-side apply.",
  "ObjectMeta.name": "Name of the object, unique among those of its kind in its namespace. Never changes.",
  "ObjectMeta.namespace": "The namespace that the object lives in. Cluster-wide kinds have none. Never changes.",
  "ObjectMeta.ownerReferences":
    "Objects that this one depends on. When all of them are gone the garbage collector deletes it.",
  "ObjectMeta.resourceVersion":
    "Which version of the object this is. It says nothing but whether it is the same; a write with an old one is refused.",
  "ObjectMeta.selfLink": "No longer set.",
  "ObjectMeta.uid": "What tells this object from others that had its name before or will have it later.",
  "OwnerReference.blockOwnerDeletion": "In a foreground deletion the owner stays until this object is gone.",
  "OwnerReference.controller": "This owner is the one that manages the object; there is at most one.",
  ObjectMeta: "What every stored object says of itself.",
  ListMeta: "What a list says of itself.",
  "ListMeta.continue": "There is more: ask again with this token.",
  "ListMeta.remainingItemCount": "How many objects the rest of the list has, if that is known.",
  "ListMeta.resourceVersion": "The version at which the list was taken; a watch can go on from it.",
  LabelSelector:
    "Which objects are meant, by their labels: those that meet matchLabels and matchExpressions. An empty selector means all, a missing one none.",
  "LabelSelector.matchExpressions": "Requirements that labels have to meet, all of them.",
  "LabelSelector.matchLabels": "Labels that have to be there with these values.",
  LabelSelectorRequirement: "A key, an operator and values: what a label has to be.",
  "LabelSelectorRequirement.key": "The label's key.",
  "LabelSelectorRequirement.operator": "In, NotIn, Exists or DoesNotExist.",
  "LabelSelectorRequirement.values": "For In and NotIn at least one value, for the others none.",
  DeleteOptions: "How an object is to be deleted.",
  Status: "The answer to a request that has no object to answer with, above all to one that failed.",
  Time: "A moment in RFC 3339, in seconds.",
  MicroTime: "A moment in RFC 3339, in microseconds.",
  Quantity: "An amount with an optional unit: 500m is half of one, 1Ki 1024, 1M a million.",
  IntOrString: "A number or a text: a port by number or name, a count or a percentage.",
  FieldsV1: "A set of fields, as a tree of keys.",
  Patch: "A change to an object: JSON patch, merge patch, strategic merge patch or the fields to apply.",
}
