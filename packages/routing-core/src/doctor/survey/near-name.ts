import { nameIndex } from "../../dns/name-index.ts"
import { allowance, remembered, rememberedByText } from "./remembered.ts"
import type { Survey } from "./survey.ts"

/** Where so many names are wrong, the rest is not looked for any more. */
const MOST_ASKED = 200

const nearNames = remembered(({ subjects }: Survey) => {
  const names = new Map<string, string[]>()
  for (const { namespace, name } of subjects) {
    const list = names.get(namespace)
    if (list) list.push(name)
    else names.set(namespace, [name])
  }
  const indexOf = rememberedByText((namespace) => nameIndex(names.get(namespace) ?? []))
  const mayAsk = allowance(MOST_ASKED)
  return rememberedByText((namespace) =>
    rememberedByText((wanted) => (mayAsk() ? indexOf(namespace).nearest(wanted) : undefined)),
  )
})

/** The Service of the namespace whose name looks most like this one, if any looks enough like it. */
export const nearName = (survey: Survey, namespace: string, wanted: string): string | undefined =>
  nearNames(survey)(namespace)(wanted)
