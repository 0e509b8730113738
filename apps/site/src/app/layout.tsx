import "@fontsource-variable/source-sans-3/wght.css"
import sourceSans from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
import "@fontsource-variable/jetbrains-mono/wght.css"
import "./fallback-font.css"
import "./tokens.css"
import "./globals.css"
import type { Metadata, Viewport } from "next"
import type { ReactNode } from "react"
import { preload } from "react-dom"
import { Header } from "../chrome/header.tsx"

export const metadata: Metadata = {
  title: { default: "Pilotage: Kubernetes Services by what can be seen", template: "%s · Pilotage" },
  description:
    "Steer real requests to the right pod, see every hop, and learn exactly where a request went aground and why.",
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfaf7" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1720" },
  ],
}

interface RootLayoutProps {
  readonly children: ReactNode
}

const RootLayout = ({ children }: RootLayoutProps) => {
  preload(sourceSans, { as: "font", type: "font/woff2", crossOrigin: "anonymous" })
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <Header />
        <main id="main">{children}</main>
      </body>
    </html>
  )
}

export default RootLayout
