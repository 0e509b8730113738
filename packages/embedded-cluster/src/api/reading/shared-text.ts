import type { KubeObject } from "@pilotage/kube-model"

const items = new WeakMap<object, object>()
const itemTexts = new WeakMap<object, string>()
const texts = new WeakMap<object, string>()

const remembered = <T extends object, V>(memory: WeakMap<object, V>, key: T, make: (key: T) => V): V => {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make(key)
  memory.set(key, made)
  return made
}

/** A member of a typed list: the object without what the list says already. Always the same one for a version. */
export const listItem = (object: KubeObject): object =>
  remembered(items, object, ({ kind: _, apiVersion: __, ...item }) => item)

/** From so many members on, a list that nobody changed meanwhile is put together once; the text of a smaller one is made soon. */
const LARGE = 500

const memberLists = new WeakMap<readonly KubeObject[], readonly object[]>()
const listTexts = new WeakMap<readonly object[], { readonly start: string; readonly text: string }>()

/** The members of a typed list of these objects, which never change: of a large list always the same array. */
export const listItems = (objects: readonly KubeObject[]): readonly object[] => {
  const write = (all: readonly KubeObject[]): readonly object[] => all.map(listItem)
  return objects.length < LARGE ? write(objects) : remembered(memberLists, objects, write)
}

const itemText = (item: object): string => remembered(itemTexts, item, JSON.stringify)

const isList = (value: object): value is { readonly items: readonly object[] } =>
  "items" in value && Array.isArray(value.items) && "kind" in value && String(value.kind).endsWith("List")

const listText = (list: { readonly items: readonly object[] }): string => {
  const { items: members, ...head } = list
  const start = `${JSON.stringify(head).slice(0, -1)},"items":[`
  if (members.length === 0) return `${start}]}`
  const known = listTexts.get(members)
  if (known?.start === start) return known.text
  // One join makes one flat text of all; whatever is put around it afterwards would be copied again.
  const texts = members.map(itemText)
  texts[0] = `${start}${texts[0]}`
  texts.push(`${texts.pop()}]}`)
  const text = texts.join(",")
  if (members.length >= LARGE) listTexts.set(members, { start, text })
  return text
}

const isObject = (value: object): value is KubeObject => "kind" in value && "apiVersion" in value && "metadata" in value

const objectText = (object: object): string => {
  if (!isObject(object)) return JSON.stringify(object)
  const head = `{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(object.apiVersion)}`
  const text = itemText(listItem(object))
  return text === "{}" ? `${head}}` : `${head},${text.slice(1)}`
}

/**
 * The JSON text of an answer's body or of the object of a watch event, none of which ever change. Each version of an
 * object is written once, for all lists, watches and gets in which it is told; a list is put together from its members.
 */
export const jsonText = (value: object): string =>
  isList(value) ? listText(value) : remembered(texts, value, objectText)
