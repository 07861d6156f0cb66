import type { Place, StepContext } from "./chain.ts";

/** A size in a computed shape: a number, the batch axis, or one known only at run time. */
export type ShapeValue = number | "batch" | null;

/** The shape of a place. */
export function shapeOf({ sizes, batched }: Pick<Place, "sizes" | "batched">): readonly ShapeValue[] {
  return batched ? ["batch", ...sizes] : sizes;
}

/** Steps from a shape to what is computed from it. */
const longestComputation = 50;

/** More than any shape has. */
const longestList = 1000;

/**
 * The integers of a tensor: constants, and what exporters compute from shapes, as in `x.view(x.size(0), -1)`. Undefined for
 * anything else.
 */
export function shapeValues(tensor: string, context: StepContext): readonly ShapeValue[] | undefined {
  const made = new Map<string, readonly ShapeValue[] | undefined>();
  // Each tensor is computed once: a graph that uses one twice at each step would take exponential time.
  const compute = (name: string, depth: number): readonly ShapeValue[] | undefined => {
    if (!made.has(name)) {
      const values =
        name === "" || depth > longestComputation
          ? undefined
          : valuesOf(name, context, (input) => compute(input, depth + 1));
      made.set(name, values !== undefined && values.length <= longestList ? values : undefined);
    }
    return made.get(name);
  };
  return compute(tensor, 0);
}

function valuesOf(
  tensor: string,
  context: StepContext,
  compute: (tensor: string) => readonly ShapeValue[] | undefined,
): readonly ShapeValue[] | undefined {
  const { index, constants } = context;
  const known = constants.integers(tensor);
  if (known !== undefined) return known;
  const node = index.producer(tensor);
  if (node === undefined) return undefined;
  const of = (at: number): readonly ShapeValue[] | undefined => compute(node.inputs[at] ?? "");
  switch (node.operator) {
    case "Shape": {
      const place = context.placeOf(node.inputs[0] ?? "");
      if (place === undefined) return undefined;
      const [start, end] = ["start", "end"].map((name) => node.attributes.get(name)?.int);
      return shapeOf(place).slice(start, end);
    }
    case "Gather": {
      const [from, places] = [of(0), of(1)];
      return from === undefined ? undefined : places?.map((place) => from.at(Number(place)) ?? null);
    }
    case "Slice": {
      const [from, starts, ends] = [of(0), of(1), of(2)];
      const [start, end] = [starts?.[0], ends?.[0]];
      if (from === undefined || typeof start !== "number" || typeof end !== "number" || node.inputs.length > 4)
        return undefined;
      return from.slice(start, end);
    }
    case "Concat": {
      const parts = node.inputs.map((_, at) => of(at));
      return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
    }
    case "Unsqueeze":
    case "Squeeze":
    case "Cast":
    case "Identity":
    case "Reshape":
      return of(0);
    case "Mul": {
      const [a, b] = [of(0), of(1)];
      return a === undefined || b === undefined ? undefined : a.map((size, at) => times(size, b[at] ?? null));
    }
    default:
      return undefined;
  }
}

function times(a: ShapeValue, b: ShapeValue): ShapeValue {
  return typeof a === "number" && typeof b === "number" ? a * b : null;
}
