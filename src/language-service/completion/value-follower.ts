import type { CompletionRequest } from "./request.ts";

/** What stands behind a value that is written in place of the word: nothing of it, its arguments, `=`, more of a value, the next argument. */
export type ValueFollower = "end" | "parentheses" | "equals" | "value" | "argument";

const enders = [",", ")", "]", "}", "{", "+", "-", "*", "/", "%", "**"];
const keywords = ["import", "let", "dim", "block", "model", "repeat", "input", "weights", "labels"];

/** What stands behind the word, for a value or an argument that is written in its place. */
export function valueFollower({ cursor, analysis }: CompletionRequest): ValueFollower {
  const [next, second] = cursor.behind;
  const { start, end } = cursor.word;
  if (next === undefined) return "end";
  if (next.kind === "sign") {
    if (next.text === "(" && start < end) return "parentheses";
    if (next.text === "=") return "equals";
    return enders.includes(next.text) ? "end" : "value";
  }
  if (next.kind === "name" && second?.text === "=") return "argument";
  // Behind a bracket that is still open, what follows on the next line may be a statement.
  const isOnNextLine = /[\r\n]/.test(analysis.source.text.slice(end, next.start));
  const isCalled = second?.text === "(" && /^(?:[A-Z]|compile$)/.test(next.text);
  const beginsStatement = second?.text === ":" || (next.kind === "name" && (isCalled || keywords.includes(next.text)));
  return isOnNextLine && beginsStatement ? "end" : "value";
}
