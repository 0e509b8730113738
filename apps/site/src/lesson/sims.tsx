"use client"
import dynamic from "next/dynamic"

/** Simulators come in chunks of their own: a lesson without one loads none of it. */
export const OneGlance = dynamic(() => import("@pilotage/simulators").then((module) => module.OneGlance))
export const ServiceLab = dynamic(() => import("@pilotage/simulators").then((module) => module.ServiceLab))
