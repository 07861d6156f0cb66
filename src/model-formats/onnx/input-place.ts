import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import type { Place } from "./chain.ts";
import { operatorName } from "./operator-name.ts";
import type { StoredGraph, StoredNode, StoredValue } from "./read-graph.ts";
import { isFloatType, isNumberType } from "./tensor.ts";

/** Where a chain starts. */
export interface InputPlace {
  readonly place: Place;
  /** Whether the graph takes one sample at a time. */
  readonly single: boolean;
  /** What became of several inputs, a sentence without its full stop. */
  readonly joined?: string;
}

/** The only input of a graph as the start of a chain; columns that are joined at once are one. */
export function inputPlace(graph: StoredGraph): InputPlace {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const [only] = inputs;
  if (only === undefined || inputs.length > 1) {
    return joinedColumns(inputs, graph.nodes) ?? fail("unsupported", tooMany(inputs.length));
  }
  const { name, shape, elementType } = only;
  const shown = shorten(name, 60);
  if (!isNumberType(elementType)) fail("unsupported", `its input '${shown}' holds no numbers of a usual kind`);
  if (shape === undefined) return fail("unsupported", `its input '${shown}' has no shape; export it with one`);
  const [first] = shape;
  if (first === undefined) {
    const found = `its input '${shown}' of the shape [] has no batch axis`;
    return fail("unsupported", `${found}; export the model for inputs [batch, ...]`);
  }
  // One axis of a fixed size is a sample; of any size, or of one, a batch of numbers.
  const batched = shape.length > 1 || first === null || first === 1;
  return {
    place: { tensor: name, sizes: batched ? shape.slice(1) : shape, batched, whole: !isFloatType(elementType) },
    single: !batched || first === 1,
  };
}

function tooMany(count: number): string {
  return `its graph has ${count} inputs; a model of Layers has one`;
}

/** Columns of a table, each an input of its own that nothing but the node reads that puts them side by side. */
function joinedColumns(inputs: readonly StoredValue[], nodes: readonly StoredNode[]): InputPlace | undefined {
  const names = new Set(inputs.map(({ name }) => name));
  const readers = nodes.filter((node) => node.inputs.some((input) => names.has(input)));
  const [join] = readers;
  const sizes = new Map(
    inputs.map(({ name, shape, elementType }) => {
      const [batch, size, ...more] = shape ?? [];
      const isColumn = isFloatType(elementType) && batch !== undefined && more.length === 0;
      return [name, isColumn ? (size ?? null) : null] as const;
    }),
  );
  const axis = join?.attributes.get("axis")?.int;
  if (join === undefined || operatorName(join) !== "Concat" || readers.length > 1 || (axis !== 1 && axis !== -1))
    return undefined;
  const found = join.inputs.map((input) => sizes.get(input) ?? null);
  if (new Set(join.inputs).size !== names.size || join.inputs.length !== names.size) return undefined;
  const total = found.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
  if (total === null) return undefined;
  const listed = join.inputs.slice(0, 20).map((input) => `'${shorten(input, 40)}'`);
  const more = join.inputs.length > listed.length ? ", ..." : "";
  return {
    place: { tensor: join.outputs[0] ?? "", sizes: [total], batched: true, whole: false },
    single: inputs[0]?.shape?.[0] === 1,
    joined: `Its inputs are one here, in this order: ${listed.join(", ")}${more}`,
  };
}
