import { type Document, isMap, isNode, isScalar, isSeq } from "yaml"

/** Where in its text the value at a path of a YAML document, or the nearest thing above it that is there, begins. */
export const offsetOf = (document: Document.Parsed, path: readonly PropertyKey[]): number => {
  let node: unknown = document.contents
  let offset = isNode(node) && node.range ? node.range[0] : document.range[0]
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!pair) return offset
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      if (!isNode(node)) return offset
      if (node.range) offset = node.range[0]
    } else return offset
  }
  return offset
}
