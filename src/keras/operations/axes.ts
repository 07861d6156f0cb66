import type { JsonValue } from "../../files/json.ts";

/** An axis or a list of some, counted from the front with that of the batch; undefined where they are none of that rank. */
export function axesOf(json: JsonValue, rank: number): readonly number[] | undefined {
  const given = Array.isArray(json) ? (json as readonly JsonValue[]) : [json];
  const axes = given.map((axis) => (typeof axis === "number" && axis < 0 ? axis + rank : axis));
  const valid = axes.every((axis) => typeof axis === "number" && Number.isInteger(axis) && axis >= 0 && axis < rank);
  return valid && new Set(axes).size === axes.length ? (axes as readonly number[]) : undefined;
}
