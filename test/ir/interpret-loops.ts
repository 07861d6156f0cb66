import type { Index } from "../../src/ir/index-expression.ts";
import { startVariables } from "../../src/ir/kernel-names.ts";
import type { Buffer, Kernel, LoopProgram, Statement, Value, WeightBuffer } from "../../src/ir/loops.ts";
import { packPanels } from "../../src/ir/panels.ts";
import type { Size } from "../../src/ir/size.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { calculate, evaluateScalar } from "./arithmetic.ts";

/** What a loop program is run with. */
export interface LoopRun {
  /** The inputs of all samples. */
  readonly inputs: readonly ArrayLike<number>[];
  readonly dims?: Readonly<Record<string, number>>;
  readonly arrays: WeightArrays;
}

/**
 * Runs a loop program step by step, in float64 throughout: sample by sample, or all samples at once where it computes
 * several. Throws at an access outside its buffer, at a local that nothing has set, and at a write to an input. What
 * nothing has written is NaN. Gives the outputs of all samples, one after the other.
 */
export function interpretLoops(program: LoopProgram, { inputs, dims = {}, arrays }: LoopRun): readonly number[] {
  const { batch } = program;
  if (batch === undefined) return inputs.flatMap((input) => runProgram(program, Array.from(input), dims, arrays));
  const all = inputs.flatMap((input) => Array.from(input));
  return runProgram(program, all, { ...dims, [batch.dim]: inputs.length }, arrays);
}

function runProgram(
  program: LoopProgram,
  input: readonly number[],
  dims: Readonly<Record<string, number>>,
  arrays: WeightArrays,
): readonly number[] {
  const sizeOf = (size: Size): number =>
    size.dims.reduce((product, dim) => product * (dims[dim] ?? fail(`'${dim}' has no value`)), size.factor);
  if (sizeOf(program.input.kind === "weights" ? fail("weights as input") : program.input.size) !== input.length) {
    fail(`an input of ${input.length} values`);
  }
  const memory = new Map<string, number[]>([["x", [...input]]]);
  const packed = new Map<WeightBuffer, ArrayLike<number>>();
  const contents = (buffer: Buffer): ArrayLike<number> => {
    if (buffer.kind === "weights") {
      const known = packed.get(buffer) ?? weightsOf(buffer, arrays);
      packed.set(buffer, known);
      return known;
    }
    const known = memory.get(buffer.name) ?? [];
    const missing = Math.max(0, sizeOf(buffer.size) - known.length);
    known.push(...Array<number>(missing).fill(NaN));
    memory.set(buffer.name, known);
    return known;
  };
  for (const kernel of program.kernels) runKernel(kernel, sizeOf, contents);
  return Array.from(contents(program.output));
}

function weightsOf({ weight, layout }: WeightBuffer, arrays: WeightArrays): ArrayLike<number> {
  const values = weight.values ?? arrays.get(weightKey(weight.path)) ?? fail(`no weights ${weightKey(weight.path)}`);
  if (layout.kind === "row-major") return values;
  const [inputs, units] = weight.shape as readonly [number, number];
  return packPanels(layout, values, inputs, units);
}

function runKernel(
  kernel: Kernel,
  sizeOf: (size: Size) => number,
  contents: (buffer: Buffer) => ArrayLike<number>,
): void {
  const scalars = new Map<string, number>();
  const integers = new Map<string, number>(Object.values(startVariables).map((name) => [name, 0]));
  const integer = (name: string): number => integers.get(name) ?? fail(`'${name}' is no integer`);
  const scalar = (name: string): number => scalars.get(name) ?? fail(`'${name}' is not set`);
  const position = ({ constant, terms }: Index): number =>
    terms.reduce((sum, { variable, stride }) => sum + integer(variable) * sizeOf(stride), constant);
  const element = (buffer: Buffer, index: Index): readonly [ArrayLike<number>, number] => {
    const at = position(index);
    const size = buffer.kind === "weights" ? contents(buffer).length : sizeOf(buffer.size);
    if (!(at >= 0 && at < size)) fail(`access ${at} of a buffer of ${size}`);
    return [contents(buffer), at];
  };

  const evaluate = (value: Value): number => {
    switch (value.kind) {
      case "const":
        return value.value;
      case "size":
        return sizeOf(value.size);
      case "local":
        return scalar(value.name);
      case "load": {
        const [values, at] = element(value.buffer, value.index);
        return values[at] as number;
      }
      case "sum":
        return value.terms.map(evaluate).reduce((sum, term) => sum + term);
      case "call": {
        const argument = evaluate(value.argument);
        return evaluateScalar(value.function.body, () => argument);
      }
      default:
        return calculate(value, evaluate);
    }
  };

  const step = (statement: Statement): void => {
    switch (statement.kind) {
      case "let":
      case "var":
        scalars.set(statement.name, evaluate(statement.value));
        return;
      case "add":
        scalars.set(statement.name, scalar(statement.name) + evaluate(statement.value));
        return;
      case "set":
        scalar(statement.name);
        scalars.set(statement.name, evaluate(statement.value));
        return;
      case "index":
        integers.set(statement.name, position(statement.value));
        return;
      case "lookup": {
        const found = evaluate(statement.value);
        if (!Number.isInteger(found) || found < 0 || found >= statement.size) fail(`${statement.what} is ${found}`);
        integers.set(statement.name, found);
        return;
      }
      case "store": {
        if (statement.buffer.name !== kernel.output.name) fail(`a store to '${statement.buffer.name}'`);
        const value = evaluate(statement.value);
        const [values, at] = element(statement.buffer, statement.index);
        (values as number[])[at] = value;
        return;
      }
      case "for": {
        const { variable, part, body } = statement;
        const to = sizeOf(statement.to);
        const from = part === "pairs" ? to % 2 : statement.from;
        const end = part === "odd" ? to % 2 : to;
        for (let at = from; at < end; at += statement.step) {
          integers.set(variable, at);
          body.forEach(step);
        }
        return;
      }
    }
  };
  kernel.body.forEach(step);
}

function fail(what: string): never {
  throw new RangeError(what);
}
