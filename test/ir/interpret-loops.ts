import { positionOf } from "./index-position.ts";
import type { Index } from "../../src/ir/index-expression.ts";
import { startVariables } from "../../src/ir/kernel-names.ts";
import type { Buffer, Kernel, LoopProgram, Statement, Value, WeightBuffer } from "../../src/ir/loops.ts";
import { packBlocks } from "../../src/ir/blocks.ts";
import { packPanels } from "../../src/ir/panels.ts";
import type { Size } from "../../src/ir/size.ts";
import { weightKey, type WeightArrays } from "../../src/ir/weight-arrays.ts";
import { float64Function } from "../targets/wasm/math/float64-scalar.ts";
import { calculation } from "./arithmetic.ts";

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
  const all = batch === undefined ? inputs : [inputs.flatMap((input) => Array.from(input))];
  const allDims = batch === undefined ? dims : { ...dims, [batch.dim]: inputs.length };
  const sizeOf = (size: Size): number =>
    size.dims.reduce((product, dim) => product * (allDims[dim] ?? fail(`'${dim}' has no value`)), size.factor);
  const memory = new Map<string, number[]>();
  const packed = new Map<WeightBuffer, ArrayLike<number>>();
  const contents = (buffer: Buffer): ArrayLike<number> => {
    if (buffer.kind === "weights") {
      const known = packed.get(buffer) ?? weightsOf(buffer, arrays);
      packed.set(buffer, known);
      return known;
    }
    const known = memory.get(buffer.name) ?? [];
    for (let missing = sizeOf(buffer.size) - known.length; missing > 0; missing--) known.push(NaN);
    memory.set(buffer.name, known);
    return known;
  };
  const inputSize = sizeOf(program.input.kind === "weights" ? fail("weights as input") : program.input.size);
  const kernels = program.kernels.map((kernel) => kernelFunction(kernel, sizeOf, contents));
  return all.flatMap((input) => {
    if (inputSize !== input.length) fail(`an input of ${input.length} values`);
    memory.clear();
    memory.set("x", Array.from(input));
    for (const run of kernels) run();
    return Array.from(contents(program.output));
  });
}

function weightsOf({ weight, layout }: WeightBuffer, arrays: WeightArrays): ArrayLike<number> {
  if (weight.integers !== undefined) return weight.integers;
  const values = weight.values ?? arrays.get(weightKey(weight.path)) ?? fail(`no weights ${weightKey(weight.path)}`);
  if (layout.kind === "row-major") return values;
  const [inputs, units] = weight.shape as readonly [number, number];
  if (layout.kind === "blocks") return packBlocks(layout.blocks, values, inputs, units);
  return packPanels(layout, values, inputs, units);
}

/** A local: a scalar or an integer. */
interface Local {
  value: number | undefined;
}

/** Makes functions of all parts of a kernel, which take less time than walking through it step by step. */
function kernelFunction(
  kernel: Kernel,
  sizeOf: (size: Size) => number,
  contents: (buffer: Buffer) => ArrayLike<number>,
): () => void {
  const scalars = new Map<string, Local>();
  const integers = new Map<string, Local>();
  const localOf = (locals: Map<string, Local>, name: string): Local => {
    const local = locals.get(name) ?? { value: undefined };
    locals.set(name, local);
    return local;
  };
  const position = (index: Index): (() => number) => positionOf(index, sizeOf, (name) => localOf(integers, name));
  /** The place of an element, which has to lie in its buffer. */
  const place = (buffer: Buffer, index: Index): (() => number) => {
    const start = position(index);
    const size = buffer.kind === "weights" ? undefined : sizeOf(buffer.size);
    return () => {
      const at = start();
      const end = size ?? contents(buffer).length;
      return at >= 0 && at < end ? at : fail(`access ${at} of a buffer of ${end}`);
    };
  };

  const value = (node: Value): (() => number) => {
    switch (node.kind) {
      case "const":
        return () => node.value;
      case "size": {
        const size = sizeOf(node.size);
        return () => size;
      }
      case "local": {
        const local = localOf(scalars, node.name);
        return () => local.value ?? fail(`'${node.name}' is not set`);
      }
      case "load": {
        const at = place(node.buffer, node.index);
        return () => contents(node.buffer)[at()] as number;
      }
      case "sum": {
        const [first, ...others] = node.terms.map(value) as [() => number, ...(() => number)[]];
        return () => {
          let sum = first();
          for (const term of others) sum += term();
          return sum;
        };
      }
      case "call": {
        const argument = value(node.argument);
        const apply = float64Function(node.function.body);
        return () => apply(argument());
      }
      case "float32": {
        const operand = value(node.operand);
        return () => Math.fround(operand());
      }
      default:
        return calculation(node, value);
    }
  };

  const list = (statements: readonly Statement[]): (() => void) => {
    const steps = statements.map(step);
    return () => {
      for (const run of steps) run();
    };
  };
  const step = (statement: Statement): (() => void) => {
    switch (statement.kind) {
      case "let":
      case "var": {
        const [local, compute] = [localOf(scalars, statement.name), value(statement.value)];
        return () => void (local.value = compute());
      }
      case "add":
      case "set": {
        const [local, compute] = [localOf(scalars, statement.name), value(statement.value)];
        return () => {
          const before = local.value ?? fail(`'${statement.name}' is not set`);
          local.value = (statement.kind === "add" ? before : 0) + compute();
        };
      }
      case "index": {
        const [integer, at] = [localOf(integers, statement.name), position(statement.value)];
        return () => void (integer.value = at());
      }
      case "lookup": {
        const [integer, compute] = [localOf(integers, statement.name), value(statement.value)];
        return () => {
          const found = compute();
          if (!Number.isInteger(found) || found < 0 || found >= statement.size) fail(`${statement.what} is ${found}`);
          integer.value = found;
        };
      }
      case "store": {
        const { buffer } = statement;
        const [compute, at] = [value(statement.value), place(buffer, statement.index)];
        return () => {
          if (![kernel.output.name, kernel.sums?.name].includes(buffer.name)) fail(`a store to '${buffer.name}'`);
          const stored = compute();
          (contents(buffer) as number[])[at()] = stored;
        };
      }
      case "for": {
        const integer = localOf(integers, statement.variable);
        const { bounds } = statement;
        const [first, last] =
          bounds === undefined ? [] : [localOf(integers, bounds.from), localOf(integers, bounds.to)];
        const to = sizeOf(statement.to);
        const from = statement.part === "pairs" ? to % 2 : statement.from;
        const end = statement.part === "odd" ? to % 2 : to;
        const body = list(statement.body);
        return () => {
          const stop = last === undefined ? end : (last.value ?? fail("a loop without an end"));
          const start = first === undefined ? from : (first.value ?? fail("a loop without a start"));
          for (let at = start; at < stop; at += statement.step) {
            integer.value = at;
            body();
          }
        };
      }
    }
  };
  const body = list(kernel.body);
  return () => {
    for (const local of [...scalars.values(), ...integers.values()]) local.value = undefined;
    for (const name of Object.values(startVariables)) localOf(integers, name).value = 0;
    body();
  };
}

function fail(what: string): never {
  throw new RangeError(what);
}
