import { expect, type Page, test } from "@playwright/test"

const terminal = (page: Page) => page.getByRole("textbox", { name: "Terminal input" })
const transcript = (page: Page) => page.getByRole("list", { name: "Transcript of commands" }).getByRole("listitem")

const type = async (page: Page, line: string): Promise<void> => {
  await terminal(page).focus()
  await page.keyboard.type(line)
  await page.keyboard.press("Enter")
}

test.beforeEach(async ({ page }) => {
  await page.goto("/labs/nodeport")
  await expect(terminal(page)).toBeAttached()
  await page.getByRole("button", { name: "Transcript" }).click()
  await expect(page.locator("[data-check]").first()).toHaveAttribute("data-status", /pass|fail/)
})

test("a watch streams while time passes, and Ctrl-C stops it", async ({ page }) => {
  await type(page, "kubectl scale deployment tickets --replicas=3 >/dev/null; kubectl get pods -w")
  await page.waitForTimeout(3_000)
  await page.keyboard.press("Control+c")
  await expect(transcript(page)).toHaveCount(1)
  await expect(transcript(page).first()).toContainText("exit code 130")
  await expect(transcript(page).first()).toContainText(/Pending[\s\S]*ContainerCreating[\s\S]*Running/)
})

test("a loop of curls runs on the cluster's time until Ctrl-C, and each is on the list of requests", async ({
  page,
}) => {
  await type(page, "while true; do curl -s node-3:30063/hostname; echo; sleep 1; done")
  await expect(page.getByRole("region", { name: "My requests" }).getByRole("button")).not.toHaveCount(0)
  await page.waitForTimeout(2_500)
  await page.keyboard.press("Control+c")
  await expect(transcript(page).first()).toContainText("exit code 130")
  expect(await page.getByRole("region", { name: "My requests" }).getByRole("button").count()).toBeGreaterThanOrEqual(3)
})

test("a failed curl is explained with its cause, its field and what would change it", async ({ page }) => {
  await type(page, "curl -sS -m 3 node-1:30036")
  const pane = page.getByRole("region", { name: "Map of the cluster" })
  await expect(pane.getByRole("status")).toContainText("curl from outside client 203.0.113.7 to node-1:30036: refused")
  await page.getByRole("button", { name: "Why did my curl fail?" }).click()
  const map = page.getByRole("region", { name: "Map of the cluster" })
  await expect(map).toContainText("No Service has node port 30036")
  const failing = map.getByRole("list", { name: "Every hop of the request" }).locator("details[open]")
  await expect(failing).toHaveCount(1)
  await expect(failing).toContainText("No Service has node port 30036")
})

test("a NetworkPolicy that drops a request is named as the cause, down to the peer that nearly fits", async ({
  page,
}) => {
  await type(
    page,
    'printf "apiVersion: networking.k8s.io/v1\\nkind: NetworkPolicy\\nmetadata: {name: office-only}\\nspec: {podSelector: {matchLabels: {app: tickets}}, ingress: [{from: [{podSelector: {matchLabels: {role: office}}}]}]}\\n" | kubectl apply --server-side -f -',
  )
  await expect(transcript(page).last()).toContainText("office-only serverside-applied")
  await type(page, "kubectl run shopper --image=curlimages/curl:8.9.1 --command -- sleep 3600")
  await type(page, "kubectl wait --for=condition=Ready pod/shopper")
  await type(page, "kubectl exec shopper -- curl -sS -m 2 tickets")
  await expect(transcript(page)).toHaveCount(4, { timeout: 20_000 })
  const map = page.getByRole("region", { name: "Map of the cluster" })
  await expect(map.getByRole("button", { name: /selected by NetworkPolicy office-only/ })).toHaveCount(2)
  await page.getByRole("button", { name: "Why did my curl fail?" }).click()
  await expect(map).toContainText("curl exits with 28: Connection timed out after 20")
  await expect(map).toContainText("Would stay silent, if chosen: tickets-")
  const failing = map.getByRole("list", { name: "Every hop of the request" }).locator("details[open]")
  await expect(failing).toContainText("NetworkPolicy default/office-only")
  await expect(failing).toContainText("spec.ingress[0].from[0].podSelector")
})

test("the editor shows the server's refusal at its line, and applies what is right", async ({ page }) => {
  const files = page.getByRole("region", { name: "Files" })
  const editor = files.getByRole("textbox", { name: /^File / })
  await editor.focus()
  await page.keyboard.press("Control+a")
  await page.keyboard.insertText(
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: tickets\nspec:\n  type: NodePort\n  ports:\n    - port: 80\n      nodePort: 99\n",
  )
  await expect(files.locator(".cm-lint-marker-error")).toBeVisible()
  await files.locator(".cm-lintRange-error").hover()
  await expect(page.locator(".cm-tooltip-lint")).toContainText("The range of valid ports is 30000-32767")
  await editor.focus()
  await page.keyboard.press("Control+a")
  await page.keyboard.insertText(
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: tickets\nspec:\n  type: NodePort\n  externalTrafficPolicy: Cluster\n  selector:\n    app: tickets\n  ports:\n    - port: 80\n      targetPort: 8080\n      nodePort: 30036\n",
  )
  await files.getByRole("button", { name: "Save and apply" }).click()
  await expect(page.locator('[data-check="service-port"]')).toHaveAttribute("data-status", "pass")
})

test("the past can be looked at, and gone on from", async ({ page }) => {
  await type(page, "kubectl delete service tickets")
  await expect(page.locator('[data-check="inside-still-works"]')).toHaveAttribute("data-status", "fail")
  const time = page.getByRole("region", { name: "Time" })
  await time.getByRole("slider").focus()
  await page.keyboard.press("Home")
  await expect(time).toContainText("Looking at the past")
  await time.getByRole("button", { name: "Continue from here" }).click()
  await expect(page.locator('[data-check="inside-still-works"]')).toHaveAttribute("data-status", "pass")
})

test("the work of a session is there again after a reload, and gone after a reset", async ({ page }) => {
  await type(page, "kubectl delete service tickets")
  const check = page.locator('[data-check="inside-still-works"]')
  await expect(check).toHaveAttribute("data-status", "fail")
  await page.reload()
  await expect(check).toHaveAttribute("data-status", "fail")
  await page.getByRole("button", { name: "Reset the lab" }).click()
  await expect(check).toHaveAttribute("data-status", "pass")
})

test("everything of a lab can be reached by keyboard, the terminal be left with it too", async ({ page }) => {
  await terminal(page).focus()
  await page.keyboard.press("Shift+Tab")
  await expect(terminal(page)).not.toBeFocused()
  const service = page.getByRole("button", { name: /tickets/ }).first()
  await service.focus()
  await page.keyboard.press("Enter")
  await expect(service).toHaveAttribute("aria-pressed", "true")
})
