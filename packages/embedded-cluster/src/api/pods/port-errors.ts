import { duplicate, errorsOfEach, type FieldError, invalid, invalids, required } from "../field-error.ts"
import { children, type Json, text } from "../json-object.ts"
import { portNameProblems } from "../names.ts"
import { portNumberErrors } from "../service/validate-ports.ts"
import { oneOf } from "./env-errors.ts"

const PROTOCOLS = ["SCTP", "TCP", "UDP"]

/** core/validation validateContainerPorts; `at` is `spec.containers[0].ports`. */
export const portErrors = (container: Json, at: string): FieldError[] => {
  const names = new Set<string>()
  return errorsOfEach(children(container, "ports"), (port, index) => {
    const field = `${at}[${index}]`
    const name = text(port, "name")
    const errors = name === "" ? [] : invalids(`${field}.name`, name, portNameProblems(name))
    if (name !== "" && errors.length === 0 && names.has(name)) errors.push(duplicate(`${field}.name`, name))
    names.add(name)
    const number = Number(port.containerPort ?? 0)
    return [
      ...errors,
      ...(number === 0 ? [required(`${field}.containerPort`)] : portNumberErrors(`${field}.containerPort`, number)),
      ...(Number(port.hostPort ?? 0) === 0 ? [] : portNumberErrors(`${field}.hostPort`, Number(port.hostPort))),
      ...oneOf(`${field}.protocol`, text(port, "protocol"), PROTOCOLS),
    ]
  })
}

/** Ports of the node that two containers of a list want, or one container twice (core/validation checkHostPortConflicts). */
export const hostPortConflicts = (containers: readonly Json[], at: string): FieldError[] => {
  const taken = new Set<string>()
  return errorsOfEach(containers, (container, place) =>
    errorsOfEach(children(container, "ports"), (port, index) => {
      if (Number(port.hostPort ?? 0) === 0) return []
      const wanted = `${text(port, "protocol")}/${text(port, "hostIP")}/${port.hostPort}`
      const isTaken = taken.has(wanted)
      taken.add(wanted)
      return isTaken ? [duplicate(`${at}[${place}].ports[${index}].hostPort`, wanted)] : []
    }),
  )
}

/** On the node's network a port of a container is the node's. */
export const hostNetworkErrors = (spec: Json, at: string): FieldError[] =>
  ["containers", "initContainers"].flatMap((list) =>
    errorsOfEach(children(spec, list), (container, place) =>
      errorsOfEach(children(container, "ports"), (port, index) =>
        port.hostPort === undefined || port.hostPort === port.containerPort
          ? []
          : [
              invalid(
                `${at}.${list}[${place}].ports[${index}].hostPort`,
                port.hostPort,
                "must match `containerPort` when `hostNetwork` is true",
              ),
            ],
      ),
    ),
  )
