import { join } from "node:path"
import type { NextConfig } from "next"

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: join(import.meta.dirname, "../..") },
  serverExternalPackages: ["mdx-bundler", "esbuild"],
  headers: async () => [{ source: "/:path*", headers }],
}

export default config
