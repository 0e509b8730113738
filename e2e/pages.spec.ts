import AxeBuilder from "@axe-core/playwright"
import { expect, type Page, test } from "@playwright/test"

const PAGES = ["/", "/course", "/course/clusterip", "/course/nodeport", "/course/loadbalancer", "/workshops", "/rules"]

/** A workspace draws itself anew while its cluster starts: what looks at the whole page waits until that is over. */
const settle = async (page: Page): Promise<void> => {
  await page.waitForLoadState("networkidle")
  if (!new URL(page.url()).pathname.startsWith("/labs/")) return
  await expect(page.locator("[data-check]").first()).toHaveAttribute("data-status", /pass|fail/)
  await page.waitForTimeout(1_500)
}

for (const scheme of ["light", "dark"] as const)
  for (const path of [...PAGES, "/labs/clusterip"])
    test(`${path} has no accessibility fault that axe finds, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" })
      await page.goto(path)
      await settle(page)
      // xterm's screen is a canvas with a text twin of its own, tested by its maker.
      const { violations } = await new AxeBuilder({ page }).exclude(".xterm").analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
      ).toEqual([])
    })

for (const path of [...PAGES, "/labs/clusterip"])
  test(`${path} fits a phone without sideways scrolling`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(path)
    await settle(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

test("an address that does not exist gets a page that leads on, with status 404", async ({ page }) => {
  const answer = await page.goto("/no-such-page")
  expect(answer?.status()).toBe(404)
  await page.getByRole("main").getByRole("link", { name: "course" }).click()
  await expect(page).toHaveURL(/\/course$/)
})

test("the theme that was chosen stays over a reload", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" })
  await page.goto("/course")
  const theme = page.getByRole("button", { name: /^Theme:/ })
  await theme.click()
  await theme.click()
  await expect(theme).toHaveAccessibleName("Theme: dark. Change to system")
  await page.reload()
  await expect(theme).toHaveAccessibleName("Theme: dark. Change to system")
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark")
})
