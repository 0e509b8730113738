"use client"
import type { LabBrief } from "@pilotage/lab-kit"
import { useEffect, useState, useSyncExternalStore } from "react"
import { EngineClient, type EngineState } from "./engine-client.ts"

/** One engine for the life of the page. */
export const useEngine = (lab: LabBrief): { readonly engine: EngineClient; readonly state: EngineState } => {
  const [engine] = useState(() => new EngineClient(lab))
  useEffect(() => engine.start(), [engine])
  const state = useSyncExternalStore(engine.subscribe, engine.getState, engine.getState)
  return { engine, state }
}
