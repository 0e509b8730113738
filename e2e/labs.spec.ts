import { join } from "node:path"
import { readCurriculum } from "@pilotage/lab-files"
import { type Lab, rightAnswers } from "@pilotage/lab-kit"
import { expect, type Page, test } from "@playwright/test"

const curriculum = readCurriculum(join(import.meta.dirname, "../labs"))
if (!curriculum.ok) throw new Error("the labs cannot be read")
const labs = [...curriculum.value.labs.values()]

/** For each lab a check that fails at the start, and words of the reason that must be given for it. */
const FIRST_FAULT: Readonly<Record<string, { readonly check: string; readonly why: RegExp }>> = {
  clusterip: { check: "endpoints", why: /selects pods with app=backend,tier=api/ },
  nodeport: { check: "node-1-answers", why: /No Service has node port 30036/ },
  loadbalancer: { check: "customers", why: /no load balancer address|Without it there is no address/ },
}

const checkRow = (page: Page, id: string) => page.locator(`[data-check="${id}"]`)

/** Opens every task, so that all checks are in sight. */
const openTasks = async (page: Page, lab: Lab): Promise<void> => {
  for (const task of lab.tasks) {
    const details = page.locator(`li#${task.id} > details`)
    if ((await details.getAttribute("open")) === null) await details.locator("> summary").click()
  }
}

/** Types a line into the terminal and waits until its command has ended. */
const type = async (page: Page, line: string, done: number): Promise<void> => {
  await page.getByRole("textbox", { name: "Terminal input" }).focus()
  await page.keyboard.type(line)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("list", { name: "Transcript of commands" }).locator("code")).toHaveCount(done, {
    timeout: 30_000,
  })
}

for (const lab of labs)
  test(`${lab.id}: read, fail for the right reason, fix in the terminal, pass, reload, still passed`, async ({
    page,
  }) => {
    test.setTimeout(180_000)
    await page.goto(`/course/${lab.id}`)
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(lab.lesson.meta.title)
    await page.getByRole("link", { name: lab.title }).first().click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(lab.title)

    await openTasks(page, lab)
    const fault = FIRST_FAULT[lab.id]
    if (!fault) throw new Error(`say which check of ${lab.id} fails first`)
    const row = checkRow(page, fault.check)
    await expect(row).toHaveAttribute("data-status", "fail")
    await row.getByText("Why?").click()
    await expect(row).toContainText(fault.why)
    await page.getByRole("button", { name: "Check", exact: true }).click()
    await expect(page.getByText(/Not passed yet: \d+ of \d+ points/)).toBeVisible({ timeout: 20_000 })

    for (const [id, option] of Object.entries(rightAnswers(lab)))
      await page.locator(`input[type=radio][name="${id}"][value="${option}"]`).check()
    await page.getByRole("combobox", { name: "Speed" }).selectOption("5")
    await page.getByRole("button", { name: "Transcript" }).click()
    const lines = lab.solution.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"))
    for (const [index, line] of lines.entries()) await type(page, line, index + 1)

    for (const check of lab.tasks.flatMap((task) => task.checks))
      await expect(checkRow(page, check.id), check.title).toHaveAttribute("data-status", "pass")
    await page.getByRole("button", { name: "Check", exact: true }).click()
    await expect(page.getByText(/^Passed, /)).toBeVisible({ timeout: 20_000 })

    await page.reload()
    await expect(page.getByText(/^Passed, /)).toBeVisible({ timeout: 20_000 })
    for (const check of lab.tasks.flatMap((task) => task.checks))
      await expect(checkRow(page, check.id), check.title).toHaveAttribute("data-status", "pass")
  })

test("a log that somebody changed is refused in words and stores nothing", async ({ request }) => {
  const answer = await request.post("/api/trpc/lab.check", {
    data: { labId: "clusterip", log: "{}", answers: {} },
  })
  expect(answer.status()).toBe(400)
  expect((await answer.json()).error.message).toMatch(/^The log cannot be read/)
})

test("a page elsewhere cannot reach the API", async ({ request }) => {
  const answer = await request.get("/api/trpc/health", { headers: { origin: "https://elsewhere.example" } })
  expect(answer.status()).toBe(403)
})
