import type { InstructionSet } from "../../vectors/instruction-set.ts";
import { vectorWeightKey } from "../../vectors/program-weights.ts";
import type { VectorBuffer, VectorKernel, VectorProgram } from "../../vectors/vector-loops.ts";
import { vectorFunctionNames } from "./functions.ts";
import type { VectorMath } from "./math/vector-function.ts";
import type { MemoryLayout } from "./memory-layout.ts";
import { constantData, printFunctions, vectorMath, type Constants } from "./module-parts.ts";
import { inlineMath } from "./inline-math.ts";
import { canFail, printKernels } from "./print-kernel.ts";
import { get, i32, op, printWat, tee, type Wat } from "./wat.ts";

/** An index that a model looks up: said in the error when data holds none. */
export interface Lookup {
  readonly what: string;
  readonly size: number;
}

export interface PrintedModule {
  readonly text: string;
  /** By error code, from 1 on. */
  readonly lookups: readonly Lookup[];
}

/** A model on one instruction set. */
export interface ModulePrograms {
  readonly instructions: InstructionSet;
  readonly program: VectorProgram;
  /** The same for one sample, of a model so small that calls and loops are most of its time. */
  readonly single?: VectorProgram;
  /** Whether it is ever called for more samples than one. */
  readonly batched: boolean;
}

/**
 * A module of one model: `memory`, and `run(samples, dims..., addresses...)`, which computes the outputs of some samples
 * from the inputs in memory. It gives 0, or the code of the lookup that failed. Small models have `one()` as well, for one
 * sample, in one function, and `run` for `fewestMany` samples or more, if it is batched. Constants are added to `constants`.
 */
export function printModule(
  { program, single, instructions, batched }: ModulePrograms,
  layout: MemoryLayout,
  constants: Constants,
): PrintedModule {
  const lookups: Lookup[] = [];
  const called = new Set<string>();
  const math = vectorMath(instructions, constants, called);
  const inlined = (vectors: Set<string>): VectorMath => inlineMath(math, vectors);
  const dims = program.dims.map((_, at) => `dim${at}`);
  const bases = layout.buffers === undefined ? layout.sampleBytes.map(({ name }) => name) : [];
  const parameters = ["samples", ...dims, ...bases];
  const names = kernelNames(program.kernels);
  const scope = {
    math: () => math,
    dim: (name: string) => dims[program.dims.indexOf(name)] as string,
    base: (buffer: VectorBuffer) => baseOf(buffer, layout),
    overruns: false,
    lookupCode: (what: string, size: number) => lookups.push({ what, size }),
  };
  const hasRun = single === undefined || batched;
  const kernels = hasRun
    ? program.kernels.map((kernel, at) => printKernels(names[at] as string, [kernel.body], parameters, scope))
    : [];
  const one = single?.kernels.map(({ body }) => body);
  const oneFunction =
    one === undefined ? [] : [exported(printKernels("one", one, [], { ...scope, math: inlined, overruns: true }))];
  const functions = printFunctions(called, math);
  const module: Wat = [
    "module",
    op("memory", op("export", '"memory"'), layout.pages),
    ...constantData(constants),
    ...(hasRun ? [runFunction(program, names, parameters)] : []),
    ...oneFunction,
    ...kernels,
    ...functions,
  ];
  return { text: `${printWat(module)}\n`, lookups };
}

function exported(definition: Wat): Wat {
  const [keyword = "", name = "", ...rest] = definition;
  return [keyword, name, op("export", `"${(name as string).slice(1)}"`), ...rest];
}

function baseOf(buffer: VectorBuffer, layout: MemoryLayout): number | string {
  if (buffer.kind === "weights") return layout.weights.get(vectorWeightKey(buffer))?.start as number;
  return layout.buffers?.get(buffer.name) ?? buffer.name;
}

/** Calls one kernel after the other; ends at the first that fails. */
function runFunction(program: VectorProgram, names: readonly string[], parameters: readonly string[]): Wat {
  const fails = program.kernels.some(({ body }) => canFail(body));
  const calls = program.kernels.map((kernel, at): Wat => {
    const call = op("call", `$${names[at]}`, ...parameters.map(get));
    return canFail(kernel.body) ? ["if", tee("code", call), ["then", op("return", get("code"))]] : call;
  });
  return [
    "func",
    "$run",
    op("export", '"run"'),
    ...parameters.map((name) => op("param", `$${name}`, "i32")),
    op("result", "i32"),
    ...(fails ? [op("local", "$code", "i32")] : []),
    ...calls,
    i32(0),
  ];
}

/** Names of kernels after their layers: `hidden`, `hidden_2`. */
function kernelNames(kernels: readonly VectorKernel[]): readonly string[] {
  const taken = new Set(["run", "one", ...vectorFunctionNames]);
  return kernels.map(({ origins }) => {
    const stem = (origins[0]?.path.join(".") ?? "copy").replace(/[^\w.]/g, "_");
    let name = stem;
    for (let count = 2; taken.has(name); count++) name = `${stem}_${count}`;
    taken.add(name);
    return name;
  });
}
