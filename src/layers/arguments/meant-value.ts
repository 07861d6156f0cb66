import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { Value } from "./value.ts";

/** Words of other languages and of configuration files for the constants. */
const constants: ReadonlyMap<string, "true" | "false" | "none"> = new Map([
  ["true", "true"],
  ["yes", "true"],
  ["on", "true"],
  ["false", "false"],
  ["no", "false"],
  ["off", "false"],
  ["none", "none"],
  ["null", "none"],
  ["nil", "none"],
  ["undefined", "none"],
  ["inf", "none"],
  ["infinity", "none"],
]);

/** Whether a word is a constant of another language, which nobody means to declare. */
export function isForeignConstant(word: string): boolean {
  return constants.has(word.toLowerCase());
}

/** What an argument takes, as far as it matters here. */
interface Place {
  /** As messages say it: `a positive integer`. */
  readonly expected: string;
  /** As messages call it: `'axis' of Softmax`. */
  readonly subject: string;
  readonly takesNone?: boolean;
}

/** The constant that a word of another language certainly is where it stands. */
export function meantWord(word: string, { expected, subject, takesNone }: Place): string | undefined {
  const constant = constants.get(word.toLowerCase());
  if (constant === "none" ? takesNone === true : constant !== undefined && expected.includes("true or false")) {
    return constant;
  }
  if (!subject.startsWith("'axis'")) return undefined;
  if (word === "last" || word === "channels_last") return "-1";
  return word === "first" || word === "channels_first" ? "1" : undefined;
}

/** What a value of another kind certainly means where it stands. */
export function meantValue(value: Value, place: Place): string | undefined {
  const { expected } = place;
  if (value.kind === "string") {
    const isNumber = /\b(?:number|integer)\b/.test(expected) && numeric.test(value.value);
    return isNumber ? value.value.trim() : meantWord(value.value, place);
  }
  if (value.kind === "word") return meantWord(value.text, place);
  if (value.kind !== "number") return undefined;
  const number = value.value;
  if (expected.includes("true or false")) return number === 0 ? "false" : number === 1 ? "true" : undefined;
  if (expected.startsWith("an initializer")) {
    return number === 0 ? "zeros" : number === 1 ? "ones" : `constant(${number})`;
  }
  return expected.startsWith("a regularizer") && number > 0 ? `l2(${number})` : undefined;
}

/** A number as a string, or a quotient of two. */
const numeric = /^\s*-?\d{1,15}(?:\.\d{0,15})?(?:e[+-]?\d{1,3})?(?:\s*\/\s*\d{1,15}(?:\.\d{0,15})?)?\s*$/i;

/** A fix that writes what is meant, where the value itself stands there. */
export function writeMeant(value: Value, text: string | undefined): Fix | undefined {
  if (text === undefined || !value.literal) return undefined;
  const title = value.kind === "string" && value.value.trim() === text ? "Remove the quotes" : `Write ${text}`;
  return { title, edits: [{ span: value.span, text }] };
}
