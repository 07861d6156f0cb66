import type { Expression, OpaqueNode } from "../python/ast.ts";
import { takesSteps, type Run } from "./run.ts";
import type { ListValue, Scope } from "./values.ts";

/** The items of a list that `[1:-1]` or `[::2]` takes; undefined where its places are nothing that is known. */
export function sliced(
  list: ListValue,
  bounds: NonNullable<OpaqueNode["bounds"]>,
  scope: Scope,
  run: Run,
): ListValue | undefined {
  const places = bounds.map((bound) => placeOf(bound, scope, run));
  const [start, stop, step = 1] = places;
  const { kind, items, why } = list;
  const { length } = items;
  const isKnown = why === undefined && step !== 0 && places.length <= 3 && !places.some(Number.isNaN);
  const [first] = bounds.flatMap((bound) => bound?.span ?? []);
  if (!isKnown || (first !== undefined && !takesSteps(run, first, length))) return undefined;
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const at = (place: number | undefined, preset: number): number =>
    place === undefined ? preset : Math.min(Math.max(place < 0 ? place + length : place, least), most);
  const from = at(start, step > 0 ? least : most);
  const end = at(stop, step > 0 ? most : least);
  const count = Math.max(0, Math.ceil((end - from) / step));
  return {
    kind,
    items: Array.from({ length: count }, (_, index) => items[from + index * step]).flatMap((item) => item ?? []),
  };
}

/** A place, undefined where it is left out, or NaN where only Python knows it. */
function placeOf(bound: Expression | undefined, scope: Scope, run: Run): number | undefined {
  if (bound === undefined) return undefined;
  const value = run.evaluate(bound, scope);
  if (value.kind === "none") return undefined;
  return value.kind === "number" && value.isInteger ? value.value : NaN;
}
