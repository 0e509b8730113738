import { expect, test } from "vitest"
import { indexesOf } from "../table/compiled-table.ts"
import { service, tableOf } from "../testing/world.ts"
import { similarService } from "./similar-service.ts"

const indexesWith = (count: number) =>
  indexesOf(
    tableOf({
      services: [
        service("backend", "10.96.0.2"),
        service("web-svc", "10.96.0.3"),
        service("payment-gateway", "10.96.0.4"),
        service("db", "10.96.0.5"),
        ...Array.from({ length: count }, (_, at) => service(`other-${at}`, `10.96.${1 + (at >> 8)}.${at & 255}`)),
      ],
    }),
  )

test.each([0, 300, 20_000])("a slip of the keyboard finds the Service that was meant, among %i others", (count) => {
  const indexes = indexesWith(count)
  for (const slip of ["back-end", "backendd", "bakcend", "backends", "backend-svc", "back_end", "bakend", "backand"])
    expect(similarService(indexes, "shop", slip), slip).toBe("backend")
  expect(similarService(indexes, "shop", "web")).toBe("web-svc")
  expect(similarService(indexes, "shop", "web-sv")).toBe("web-svc")
  for (const none of ["zebra", "dc", "d", ""]) expect(similarService(indexes, "shop", none), none).toBeUndefined()
  expect(similarService(indexes, "elsewhere", "back-end")).toBeUndefined()
})

test("two slips in a long name, and half a name, find it among thousands too", () => {
  for (const indexes of [indexesWith(0), indexesWith(5_000)]) {
    expect(similarService(indexes, "shop", "paymant-gatway")).toBe("payment-gateway")
    expect(similarService(indexes, "shop", "bacjemd")).toBe("backend")
    expect(similarService(indexes, "shop", "payment")).toBe("payment-gateway")
    expect(similarService(indexes, "shop", "gateway-payments")).toBe("payment-gateway")
  }
})
