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
        ...Array.from({ length: count }, (_, at) => service(`other-${at}`, `10.96.${1 + (at >> 8)}.${at & 255}`)),
      ],
    }),
  )

test("a slip of the keyboard finds the Service that was meant, among a few and among many", () => {
  for (const indexes of [indexesWith(0), indexesWith(300)]) {
    for (const slip of ["back-end", "backendd", "bakcend", "backends", "backend-svc"])
      expect(similarService(indexes, "shop", slip), slip).toBe("backend")
    expect(similarService(indexes, "shop", "web")).toBe("web-svc")
    expect(similarService(indexes, "shop", "zebra")).toBeUndefined()
    expect(similarService(indexes, "elsewhere", "back-end")).toBeUndefined()
  }
  expect(similarService(indexesWith(0), "shop", "bakend")).toBe("backend")
})
