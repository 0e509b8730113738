"use client"
import dynamic from "next/dynamic"

/** The workspace lives in the browser alone: it needs a worker, the browser's storage and a terminal. */
export const WorkspaceLoader = dynamic(() => import("./workspace.tsx").then((module) => module.Workspace), {
  ssr: false,
  loading: () => <p role="status">Loading the lab</p>,
})
