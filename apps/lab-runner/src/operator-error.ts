/** Something that the person who starts Pilotage must put right; shown as one line, without a stack. */
export class OperatorError extends Error {}
