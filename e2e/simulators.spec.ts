import AxeBuilder from "@axe-core/playwright"
import { expect, type Page, test } from "@playwright/test"

const simulator = (page: Page, name: string) => page.getByRole("region", { name, exact: true })

/** Addresses of the scripts that a page has fetched so far. */
const scriptsOf = (page: Page): string[] => {
  const fetched: string[] = []
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") fetched.push(request.url())
  })
  return fetched
}

test("a lesson is whole without scripts: its pictures, their outcome and their controls", async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto("/course/clusterip")
  const glance = simulator(page, "Three routes to one set of pods")
  await expect(glance.getByRole("status").first()).toContainText("answered by shop-1")
  await expect(glance.getByRole("button", { name: "Send the ship" })).toBeVisible()
  await page.close()
})

test("a simulator fetches what decides when it comes into view, without moving the page, and then answers", async ({
  page,
}) => {
  const scripts = scriptsOf(page)
  await page.goto("/course/loadbalancer")
  await page.waitForLoadState("networkidle")
  await page.evaluate(() => {
    const moved = window as unknown as { shift: number }
    moved.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.shift += (entry as unknown as { value: number }).value
    }).observe({ type: "layout-shift" })
  })
  const before = scripts.length
  const lab = simulator(page, "One LoadBalancer Service")
  await lab.scrollIntoViewIfNeeded()
  await expect.poll(() => scripts.length).toBeGreaterThan(before)
  expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.01)

  await lab.getByRole("textbox", { name: "to port" }).fill("444")
  await lab.getByRole("button", { name: "Send the ship" }).click()
  await lab.getByRole("button", { name: "Skip" }).click()
  await expect(lab.getByRole("status").first()).toContainText("refused")
})

test("a simulator that cannot fetch what decides says so, and tries again when it is touched", async ({ page }) => {
  await page.goto("/course/loadbalancer")
  await page.waitForLoadState("networkidle")
  await page.context().setOffline(true)
  const lab = simulator(page, "One LoadBalancer Service")
  await lab.getByRole("textbox", { name: "to port" }).fill("444")
  await expect(lab.getByRole("alert")).toContainText("could not be fetched")
  await page.context().setOffline(false)
  await lab.getByRole("button", { name: "Send the ship" }).click()
  await lab.getByRole("button", { name: "Skip" }).click()
  await expect(lab.getByRole("status").first()).toContainText("refused")
  await expect(lab.getByRole("alert")).toHaveCount(0)
})

test("why a request failed is told hop by hop, from the keyboard too, down to the page of the rule", async ({
  page,
}) => {
  await page.goto("/course/loadbalancer")
  const lab = simulator(page, "One LoadBalancer Service")
  await lab.getByRole("textbox", { name: "to port" }).fill("444")
  await lab.getByRole("button", { name: "Send the ship" }).click()
  await lab.getByRole("button", { name: "Skip" }).click()
  await lab.getByRole("button", { name: "Why?" }).click()
  const hops = lab.getByRole("list", { name: "Every hop of the request" })
  await expect(hops.locator("details[open]")).toHaveCount(1)
  await hops.locator("summary").first().focus()
  await page.keyboard.press("Enter")
  await expect(hops.locator("details[open]")).toHaveCount(2)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press("Tab")
  const link = page.locator(":focus")
  const rule = (await link.textContent()) ?? ""
  const opening = page.waitForEvent("popup")
  await page.keyboard.press("Enter")
  const rules = await opening
  await expect(rules).toHaveURL(new RegExp(`/rules#${rule}$`))
  await expect(rules.locator(`#${rule}`)).toBeInViewport()
})
