import { counted } from "../diagnostics/counted.ts";
import { product } from "../ir/product.ts";
import { isObject, ownValue, type JsonValue } from "../files/json.ts";
import { fail } from "../files/read-failure.ts";
import type { CaseArray } from "./cases.ts";
import { maxCaseRank, maxCaseValues } from "./limits.ts";

/** Counts the values of a file's arrays before they are allocated. */
export interface ValueBudget {
  /** The number of values of `shape`; fails where the shape is impossible or the file's total beyond the limit. */
  take(shape: readonly number[], name: string): number;
}

export function createValueBudget(): ValueBudget {
  let total = 0;
  return {
    take(shape, name) {
      if (shape.length > maxCaseRank) fail("too-large", `${name} has ${shape.length} axes, more than ${maxCaseRank}`);
      const wrong = shape.find((size) => !Number.isSafeInteger(size) || size < 0);
      if (wrong !== undefined) fail("damaged", `${name} has the impossible shape [${shape.join(", ")}]`);
      const count = shape.includes(0) ? 0 : product(shape);
      total += count;
      if (total > maxCaseValues) {
        fail("too-large", `${name} of shape [${shape.join(", ")}] brings its arrays above ${maxCaseValues} values`);
      }
      return count;
    },
  };
}

/** Reads `{ shape, data }` or nested lists. NaN and infinity are texts, for JSON has no other way. */
export function readCaseArray(value: JsonValue | undefined, name: string, budget: ValueBudget): CaseArray {
  if (isObject(value)) return readShaped(ownValue(value, "shape"), ownValue(value, "data"), name, budget);
  if (!Array.isArray(value)) return fail("damaged", `${name} is ${describe(value)}, expected lists of numbers`);
  const list = value as readonly JsonValue[];
  const shape = nestedShape(list, name);
  const data = new Float64Array(budget.take(shape, name));
  let at = 0;
  const visit = (item: JsonValue, axis: number, place: string): void => {
    if (axis === shape.length) {
      data[at++] = toNumber(item, place);
      return;
    }
    if (!Array.isArray(item)) fail("damaged", `${place} is ${describe(item)}, expected a list of ${shape[axis]}`);
    const items = item as readonly JsonValue[];
    if (items.length !== shape[axis]) {
      fail(
        "damaged",
        `${place} has ${counted(items.length, "item")}, expected ${shape[axis]} as in the lists before it`,
      );
    }
    items.forEach((inner, index) => visit(inner, axis + 1, `${place}[${index}]`));
  };
  visit(list, 0, name);
  return { name, shape, data };
}

/** The shape that the first entry of every level gives; the others are held against it. */
function nestedShape(list: readonly JsonValue[], name: string): readonly number[] {
  const shape: number[] = [];
  let item: JsonValue | undefined = list;
  while (Array.isArray(item)) {
    const items: readonly JsonValue[] = item;
    shape.push(items.length);
    if (shape.length > maxCaseRank) fail("too-large", `${name} has more than ${maxCaseRank} axes`);
    item = items[0];
  }
  return shape;
}

function readShaped(
  shape: JsonValue | undefined,
  values: JsonValue | undefined,
  name: string,
  budget: ValueBudget,
): CaseArray {
  if (!Array.isArray(shape)) return fail("damaged", `${name}.shape is ${describe(shape)}, expected a list of sizes`);
  if (!Array.isArray(values)) return fail("damaged", `${name}.data is ${describe(values)}, expected a list of numbers`);
  const sizes = (shape as readonly JsonValue[]).map((size, axis) => toNumber(size, `${name}.shape[${axis}]`));
  const list = values as readonly JsonValue[];
  const count = budget.take(sizes, name);
  if (list.length !== count) {
    fail(
      "damaged",
      `${name}.data has ${counted(list.length, "number")}, its shape [${sizes.join(", ")}] asks for ${count}`,
    );
  }
  return { name, shape: sizes, data: Float64Array.from(list, (item, at) => toNumber(item, `${name}.data[${at}]`)) };
}

const texts: ReadonlyMap<JsonValue, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

function toNumber(value: JsonValue, place: string): number {
  if (typeof value === "number") return value;
  return texts.get(value) ?? fail("damaged", `${place} is ${describe(value)}, expected a number`);
}

function describe(value: JsonValue | undefined): string {
  if (value === undefined) return "missing";
  if (value === null) return "null (NaN and infinity are written as texts)";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === "object" ? "an object" : String(value);
}
