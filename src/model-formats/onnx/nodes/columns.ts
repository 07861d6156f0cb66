import type { ChainStep, FoundLayer, StepContext } from "../chain.ts";
import { matchRescaling } from "../match-rescaling.ts";
import { rankOf } from "../place.ts";
import { nodeExpression, numberExpression, start, type Expression } from "../expression.ts";

/** More columns than anybody makes of one. */
const mostColumns = 64;

/** Nodes that a column is computed by, and what each combines: together they bound the work. */
const longestColumn = 4;
const mostOperands = 2;

/**
 * One value beside what is computed from it, joined: `[1 - p, p]`, as scikit-learn's binary classifiers give both
 * probabilities. Each is `scale * x + offset`, so that a Dense layer gives them, exactly where the scale is 1 or -1.
 */
export function readColumns(context: StepContext): ChainStep | undefined {
  const { index, place, constants } = context;
  const joins = index.consumers(place.tensor).filter(({ operator, domain }) => operator === "Concat" && domain === "");
  const [join] = joins;
  if (join === undefined || joins.length > 1 || join.inputs.length > mostColumns) return undefined;
  const axis = join.attributes.get("axis")?.int ?? 0;
  if (place.sizes.at(-1) !== 1 || (axis !== -1 && axis !== rankOf(place) - 1)) return undefined;
  const readers = new Set(index.consumers(place.tensor).filter((node) => node !== join));
  const columns = join.inputs.map((tensor) => {
    const expression = expressionOf(tensor);
    return expression === undefined ? undefined : scaleAndOffset(expression);
  });
  const found = columns.filter((column) => column !== undefined);
  // Whatever else reads the value is no part of this.
  if (readers.size > 0 || found.length < columns.length) return undefined;
  const units = found.length;
  const layer: FoundLayer = {
    className: "Dense",
    config: { units, activation: "linear", use_bias: true },
    arrays: [
      { name: "kernel", shape: [1, units], data: Float32Array.from(found, ({ scale }) => scale) },
      { name: "bias", shape: [units], data: Float32Array.from(found, ({ offset }) => offset) },
    ],
    hints: [join.name],
    source: join.name,
  };
  return { layers: [layer], end: { tensor: join.outputs[0] ?? "", sizes: [...place.sizes.slice(0, -1), units] } };

  /** What a chain of elementwise nodes makes of the value; undefined for anything else. */
  function expressionOf(tensor: string, depth = 0): Expression | undefined {
    if (tensor === place.tensor) return start;
    const array = constants.array(tensor);
    if (array !== undefined) return array.data.length === 1 ? numberExpression(array.data[0] as number) : undefined;
    const node = index.producer(tensor);
    if (node === undefined || node.domain !== "" || index.consumers(tensor).length !== 1) return undefined;
    if (depth > longestColumn || node.inputs.length > mostOperands) return undefined;
    readers.delete(node);
    const operands = node.inputs.map((input) => expressionOf(input, depth + 1));
    return operands.includes(undefined) ? undefined : nodeExpression(node.operator, operands, () => undefined);
  }
}

function scaleAndOffset(expression: Expression): { readonly scale: number; readonly offset: number } | undefined {
  if (expression.key === start.key) return { scale: 1, offset: 0 };
  const found = matchRescaling(expression);
  return found === undefined ? undefined : { scale: found["scale"] ?? 1, offset: found["offset"] ?? 0 };
}
