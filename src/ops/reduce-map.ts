import type { ReduceMapOperation, ReductionStep } from "../ir/graph.ts";
import { load, type Statement, type Value } from "../ir/loops.ts";
import { instantiate } from "../ir/rewrite.ts";
import { elementCount, type Shape } from "../ir/shape.ts";
import { isStatic, staticSize, type Size } from "../ir/size.ts";
import { axesIndex, axesLoops, joinAxesByKind, nameAxes, rowMajorStrides, type NamedAxis } from "./axes.ts";
import { applyFunctions } from "./loop-nest.ts";
import type { OperationLowering } from "./lowering.ts";
import { operandStrides, operandValues } from "./weight-operands.ts";

/** For each place along the kept axes: the statistics one after the other, then the elements or the one result. */
export const reduceMap: OperationLowering<ReduceMapOperation> = {
  multiplyAdds: () => staticSize(0),
  readsOnce: false,
  unrolledElements: (operation) => elementCount(operation.view.slice(leadingKept(operation))),

  loops(operation, { inputs: [input], output }) {
    const { view, axes: reduced, steps, result, epilogue } = operation;
    const axes = namedAxes(operation);
    const kept = axes.filter(({ of }) => of === "kept");
    const along = axes.filter(({ of }) => of === "reduced");
    const element = axesIndex(axes, 0);
    const x: Value = load(input, element);
    const count = elementCount(view.filter((_, axis) => reduced.includes(axis)));
    const statistics = steps.flatMap((step) => statistic(step, x, along, count));

    if (result.kind === "statistic") {
      const value = applyFunctions(epilogue, result.value);
      return axesLoops(kept, [...statistics, { kind: "store", buffer: output, index: axesIndex(kept, 1), value }]);
    }
    const locals = new Map([["x", x], ...operandValues(result.weights, axes, 2)]);
    const value = applyFunctions(epilogue, instantiate(result.body, locals));
    return axesLoops(kept, [
      ...statistics,
      ...axesLoops(along, [{ kind: "store", buffer: output, index: element, value }]),
    ]);
  },
};

/** Strides of an axis: in the input, in an output without the reduced axes, in each weight. */
function namedAxes({ view, axes: reduced, result }: ReduceMapOperation): readonly (NamedAxis & { of: string })[] {
  const inputStrides = rowMajorStrides(view);
  const keptShape: Shape = view.map((size, axis) => (reduced.includes(axis) ? staticSize(1) : size));
  const outputStrides = rowMajorStrides(keptShape);
  const weights = result.kind === "map" ? result.weights : [];
  const joined = joinAxesByKind(
    view.map((size, axis) => {
      const isReduced = reduced.includes(axis);
      const own = [inputStrides[axis] as Size, isReduced ? staticSize(0) : (outputStrides[axis] as Size)];
      return { size, strides: [...own, ...operandStrides(weights, axis)], of: isReduced ? "reduced" : "kept" };
    }),
  );
  return nameAxes(joined, joined[0]?.of === "kept");
}

/** The number of axes before the first one that is reduced; they become the loop over rows. */
function leadingKept({ view, axes }: ReduceMapOperation): number {
  const first = view.findIndex((size, axis) => axes.includes(axis) && !(isStatic(size) && size.factor === 1));
  return first < 0 ? 0 : first;
}

const starts = { sum: 0, mean: 0, max: -Infinity } as const;

function statistic(step: ReductionStep, x: Value, along: readonly NamedAxis[], count: Size): readonly Statement[] {
  if (step.kind === "let") return [{ kind: "let", name: step.name, value: step.value }];
  const { name, combine } = step;
  const local: Value = { kind: "local", name };
  const term = instantiate(step.term, new Map([["x", x]]));
  const update: Statement =
    combine === "max"
      ? { kind: "set", name, value: { kind: "binary", operator: "max", left: local, right: term } }
      : { kind: "add", name, value: term };
  const mean: Statement = {
    kind: "set",
    name,
    value: { kind: "binary", operator: "div", left: local, right: sizeValue(count) },
  };
  return [
    { kind: "var", name, value: { kind: "const", value: starts[combine] } },
    ...axesLoops(along, [update]),
    ...(combine === "mean" ? [mean] : []),
  ];
}

function sizeValue(size: Size): Value {
  return isStatic(size) ? { kind: "const", value: size.factor } : { kind: "size", size };
}
