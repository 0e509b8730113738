import { type Finding, failed, type Grading, passed } from "../grading.ts"
import type { CheckOf } from "../schema/check-schema.ts"

/** The right answer is not given away by a wrong one: only the explanation of a right one is shown. */
export const checkAnswer = (check: CheckOf<"answer">, { answers }: Grading): Finding => {
  const expected = "The question is answered rightly."
  const given = answers[check.id]
  if (given === undefined)
    return failed(expected, "There is no answer yet.", "Choose one of the options.", "unanswered")
  const option = check.options.find((each) => each.id === given)
  if (!option) return failed(expected, `${given} is none of the options.`, "Choose one of the options.", "unanswered")
  return given === check.correct
    ? passed(expected, option.text, check.explanation)
    : failed(expected, option.text, "That is not what happens. Try it in the terminal.", "wrong-answer")
}
