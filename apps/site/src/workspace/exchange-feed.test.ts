import type { HttpExchange } from "@pilotage/embedded-cluster"
import { expect, test } from "vitest"
import { exchangeReader, exchangeWriter } from "./exchange-feed.ts"

const exchange = (id: number, url = `http://web/${id}`): HttpExchange =>
  ({ id, at: id, request: { method: "GET", url } }) as HttpExchange

test("each request crosses once, whether the view goes forward or back", () => {
  const [writer, read] = [exchangeWriter(), exchangeReader()]
  const all = [1, 2, 3].map((id) => exchange(id))
  const first = read(writer.write(all))
  const back = writer.write(all.slice(0, 1))
  expect(back.fresh).toEqual([])
  expect(read(back)).toEqual(all.slice(0, 1))
  const again = writer.write([...all, exchange(4)])
  expect(again.fresh.map(({ id }) => id)).toEqual([4])
  expect(read(again)[0]).toBe(first[0])
})

test("requests of another session are not taken for those that had their ids", () => {
  const [writer, read] = [exchangeWriter(), exchangeReader()]
  read(writer.write([exchange(1), exchange(2)]))
  writer.forget()
  expect(read(writer.write([exchange(1), exchange(2, "http://other")])).map(({ request }) => request.url)).toEqual([
    "http://web/1",
    "http://other",
  ])
})

test("a long session does not make both ends remember everything", () => {
  const [writer, read] = [exchangeWriter(), exchangeReader()]
  const all = Array.from({ length: 5_000 }, (_, index) => exchange(index + 1))
  read(writer.write(all))
  const next = writer.write(all.slice(-1_000))
  expect([next.anew, next.fresh.length]).toEqual([true, 1_000])
  expect(read(next)).toHaveLength(1_000)
})
