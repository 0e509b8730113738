import { expect, test } from "vitest"
import { learnerCookies } from "./learner-cookie.ts"

const cookies = learnerCookies("a secret of at least thirty-two bytes")
const pair = (setCookie: string): string => setCookie.split(";")[0] ?? ""

test("a cookie that we issued names its learner, among other cookies too", async () => {
  const { learnerId, setCookie } = await cookies.issue()
  expect(setCookie).toContain("HttpOnly")
  await expect(cookies.read(`a=b; ${pair(setCookie)}; c=d`)).resolves.toBe(learnerId)
})

test("a cookie that was changed, or signed with another key, names nobody", async () => {
  const { setCookie } = await cookies.issue()
  const forged = pair(setCookie).slice(0, -4).concat("AAAA")
  await expect(cookies.read(forged)).resolves.toBeUndefined()
  await expect(learnerCookies("another secret of thirty-two bytes!!").read(pair(setCookie))).resolves.toBeUndefined()
  await expect(cookies.read(undefined)).resolves.toBeUndefined()
})
