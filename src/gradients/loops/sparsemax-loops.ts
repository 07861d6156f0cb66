import { addIndex, indexVariable, type Index } from "../../ir/index-expression.ts";
import { load, type Statement, type Value } from "../../ir/loops.ts";
import { renameLocals } from "../../ir/rewrite.ts";
import { samplesAxis } from "../../ir/samples.ts";
import { elementCount } from "../../ir/shape.ts";
import { multiplySizes, type Size } from "../../ir/size.ts";
import type { SparsemaxGradientOperation, StepTensor } from "../../ir/step-graph.ts";
import { rowVariable } from "../../ops/dense.ts";
import { operationLoops } from "../../ops/index.ts";
import { loop } from "../../ops/loop-nest.ts";
import type { BufferOf } from "./nest-loops.ts";

/** Sparsemax of a batch, and its gradient. */
export function sparsemaxLoops(operation: SparsemaxGradientOperation, bufferOf: BufferOf): readonly Statement[] {
  if (operation.kind === "sparsemax-gradient") return gradientLoops(operation, bufferOf);
  const { input, output, axis } = operation;
  const whole = (tensor: StepTensor) => ({ ...tensor, shape: [samplesAxis, ...tensor.shape] });
  return operationLoops(
    { kind: "sparsemax", inputs: [whole(input)], output: whole(output), axis: axis + 1, origins: [] },
    { inputs: [bufferOf(input)], output: bufferOf(output) },
  );
}

/**
 * The gradient of `max(x - tau, 0)` with Keras' tau (`ops/sparsemax.ts`), the mean of the cumulative sums of the support:
 * `dx = dy [x > tau] - sum(dy [x > tau]) * dtau/dx`, where an element of the support with `above` larger ones and `equal`
 * ones of its size is in `support - above - (equal - 1) / 2` of the `support` cumulative sums.
 */
function gradientLoops(
  { input, gradient, output, axis }: SparsemaxGradientOperation,
  bufferOf: BufferOf,
): readonly Statement[] {
  if (gradient === undefined) throw new Error("a gradient of nothing");
  const { shape } = input;
  const size = shape[axis] as Size;
  const inner = elementCount(shape.slice(axis + 1));
  const element = (variable: string): Index =>
    addIndex(
      addIndex(indexVariable(rowVariable, multiplySizes(size, inner)), indexVariable(variable, inner)),
      indexVariable("j"),
    );
  const z = load(bufferOf(input), element("i"));
  const other = load(bufferOf(input), element("k"));
  const counted = (comparison: "gt" | "ge", value: Value): Value => select(other, comparison, z, value, number(0));
  const inSupport = (then: Value): Value =>
    select(plus(number(1), times(local("above"), z)), "gt", local("sumAbove"), then, number(0));
  const equal = minus(local("notBelow"), local("above"));
  const cumulative = plus(local("sumAbove"), times(z, over(plus(equal, number(1)), number(2))));
  const ranked: readonly Statement[] = [
    start("sumAbove"),
    start("above"),
    start("notBelow"),
    ...loop("k", size, [
      { kind: "add", name: "sumAbove", value: counted("gt", other) },
      { kind: "add", name: "above", value: counted("gt", number(1)) },
      { kind: "add", name: "notBelow", value: counted("ge", number(1)) },
    ]),
  ];
  const active = select(z, "gt", local("tau"), load(bufferOf(gradient), element("i")), number(0));
  const share = over(
    minus(minus(local("support"), local("above")), over(minus(equal, number(1)), number(2))),
    local("support"),
  );
  return loop(
    rowVariable,
    elementCount([...(input.perSample ? [samplesAxis] : []), ...shape.slice(0, axis)]),
    loop("j", inner, [
      start("total"),
      start("support"),
      ...loop("i", size, [
        ...ranked,
        { kind: "add", name: "total", value: inSupport(cumulative) },
        { kind: "add", name: "support", value: inSupport(number(1)) },
      ]),
      { kind: "let", name: "tau", value: over(minus(local("total"), number(1)), local("support")) },
      start("passed"),
      ...loop("i", size, [{ kind: "add", name: "passed", value: active }]),
      // Of an axis of one element both loops are one list of statements.
      ...renameLocals(
        loop("i", size, [
          ...ranked,
          {
            kind: "store",
            buffer: bufferOf(output),
            index: element("i"),
            value: minus(active, times(local("passed"), inSupport(share))),
          },
        ]),
        (name) => `${name}Again`,
      ),
    ]),
  );
}

function start(name: string): Statement {
  return { kind: "var", name, value: number(0) };
}

function number(value: number): Value {
  return { kind: "const", value };
}

function local(name: string): Value {
  return { kind: "local", name };
}

const binary =
  (operator: "add" | "sub" | "mul" | "div") =>
  (left: Value, right: Value): Value => ({ kind: "binary", operator, left, right });
const plus = binary("add");
const minus = binary("sub");
const times = binary("mul");
const over = binary("div");

function select(left: Value, comparison: "gt" | "ge", right: Value, then: Value, otherwise: Value): Value {
  return { kind: "select", left, comparison, right, then, otherwise };
}
