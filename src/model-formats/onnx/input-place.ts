import { fail } from "../../files/read-failure.ts";
import { shorten } from "../../files/shorten.ts";
import type { Place } from "./chain.ts";
import type { StoredGraph, StoredValue } from "./read-graph.ts";
import { isFloatType, isNumberType } from "./tensor.ts";

/** Where a chain starts. */
export interface InputPlace {
  readonly place: Place;
  /** Whether the graph takes one sample at a time. */
  readonly single: boolean;
}

/** The only input of a graph as the start of a chain. */
export function inputPlace(graph: StoredGraph): InputPlace {
  const { name, shape, elementType } = onlyInput(graph);
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

/** Old exporters list arrays among the inputs, too. */
function onlyInput(graph: StoredGraph): StoredValue {
  const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    return fail("unsupported", `its graph has ${inputs.length} inputs; a model of Layers has one`);
  }
  return input;
}
