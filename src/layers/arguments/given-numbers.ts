import type { ArgumentType } from "../definition.ts";
import { listOf, listOr } from "./basic.ts";
import { number } from "./numbers.ts";

/** A number or lists of some, nested: an array that the source gives. */
export type Numbers = number | readonly Numbers[];

/** Axes that an array can have, the batch's among them. */
const mostAxes = 16;

/** A number, or a list of numbers or of such lists. */
export const givenNumbers: ArgumentType<Numbers> = listOr(listOf(nested(mostAxes - 1), "a list of numbers"), number);

function nested(depth: number): ArgumentType<Numbers> {
  return {
    expected: "a number or a list of numbers",
    convert: (value, site) =>
      value.kind === "list" && depth > 0
        ? listOf(nested(depth - 1), "a list of numbers").convert(value, site)
        : number.convert(value, site),
  };
}

/** The numbers in row-major order. */
export function flatNumbers(value: Numbers): readonly number[] {
  return typeof value === "number" ? [value] : value.flatMap(flatNumbers);
}

/** The shape of nested lists of numbers, or undefined where their lengths differ. */
export function shapeOfNumbers(value: Numbers): readonly number[] | undefined {
  if (typeof value === "number") return [];
  const items = value.map(shapeOfNumbers);
  const [first = []] = items;
  const alike = items.every((item) => item !== undefined && item.join() === first.join());
  return alike ? [items.length, ...first] : undefined;
}
