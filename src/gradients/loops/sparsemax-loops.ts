import { load, type Statement } from "../../ir/loops.ts";
import { renameLocals } from "../../ir/rewrite.ts";
import { samplesAxis } from "../../ir/samples.ts";
import { elementCount } from "../../ir/shape.ts";
import type { SparsemaxGradientOperation, SparsemaxStepOperation, StepTensor } from "../../ir/step-graph.ts";
import { alongAxis } from "../../ops/along-axis.ts";
import { local, minus, number, over, select, times } from "../../ops/values.ts";
import { operationLoops } from "../../ops/index.ts";
import { loop } from "../../ops/loop-nest.ts";
import { sparsemaxSupport, start } from "../../ops/sparsemax-support.ts";
import type { BufferOf } from "./nest-loops.ts";

/** Sparsemax of a batch. */
export function sparsemaxLoops(
  { input, output, axis }: SparsemaxStepOperation,
  bufferOf: BufferOf,
): readonly Statement[] {
  const whole = (tensor: StepTensor) => ({ ...tensor, shape: [samplesAxis, ...tensor.shape] });
  return operationLoops(
    { kind: "sparsemax", inputs: [whole(input)], output: whole(output), axis: axis + 1, origins: [] },
    { inputs: [bufferOf(input)], output: bufferOf(output) },
  );
}

/**
 * The gradient of `max(x - tau, 0)` with Keras' tau (`ops/sparsemax-support.ts`), the mean of the cumulative sums of the support:
 * `dx = dy [x > tau] - sum(dy [x > tau]) * dtau/dx`, where an element of the support with `above` larger ones and `equal`
 * ones of its size is in `support - above - (equal - 1) / 2` of the `support` cumulative sums.
 */
export function sparsemaxGradientLoops(
  { input, gradient, output, axis }: SparsemaxGradientOperation,
  bufferOf: BufferOf,
): readonly Statement[] {
  const { shape } = input;
  const along = alongAxis(shape, axis);
  const { element, threshold, ranking, equal, inSupport } = sparsemaxSupport(bufferOf(input), along);
  const place = along.element("i");
  const active = select(element, "gt", local("tau"), load(bufferOf(gradient), place), number(0));
  const share = over(
    minus(minus(local("support"), local("above")), over(minus(equal, number(1)), number(2))),
    local("support"),
  );
  const value = minus(active, times(local("passed"), inSupport(share)));
  const rows = elementCount([...(input.perSample ? [samplesAxis] : []), ...shape.slice(0, axis)]);
  return along.everywhere(rows, [
    ...threshold,
    start("passed"),
    ...loop("i", along.size, [{ kind: "add", name: "passed", value: active }]),
    // Of an axis of one element both loops are one list of statements.
    ...renameLocals(
      loop("i", along.size, [...ranking, { kind: "store", buffer: bufferOf(output), index: place, value }]),
      (name) => `${name}Again`,
    ),
  ]);
}
