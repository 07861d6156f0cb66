import type { ActivationArguments } from "../../activations/definition.ts";
import { activationTemplates, type ActivationTemplate } from "./activation-templates.ts";
import type { Expression } from "./expression.ts";
import { shortestNumber } from "./shortest-number.ts";

/** An activation with its arguments. */
export interface FoundActivation {
  readonly name: string;
  readonly args: ActivationArguments;
}

/** The activation that an expression computes, if it is one. */
export function matchActivation({ key, numbers }: Expression): FoundActivation | undefined {
  for (const template of activationTemplates(key)) {
    const args = matchNumbers(template, numbers);
    if (args !== undefined) return { name: template.activation, args };
  }
  return undefined;
}

/** Tools write constants as float32, some with fewer digits. */
const tolerance = 1e-6;

function matchNumbers(template: ActivationTemplate, numbers: readonly number[]): ActivationArguments | undefined {
  const args: Record<string, number> = {};
  for (const [at, expected] of template.numbers.entries()) {
    if (typeof expected === "number") continue;
    const value = shortestNumber(numbers[at] as number);
    const earlier = args[expected.parameter];
    if (!Number.isFinite(value) || (earlier !== undefined && earlier !== value)) return undefined;
    args[expected.parameter] = value;
  }
  const all = { ...template.fixed, ...args };
  // Numbers that are computed from parameters, such as the negative of one, show when these are put in.
  const expected = template.instantiate?.(all)?.numbers ?? template.numbers;
  const fits = expected.every((value, at) => typeof value !== "number" || isNear(numbers[at] as number, value));
  return expected.length === numbers.length && fits ? all : undefined;
}

function isNear(found: number, expected: number): boolean {
  return found === expected || Math.abs(found - expected) <= tolerance * Math.abs(expected);
}
