import { samplesDim } from "../../../ir/samples.ts";
import { programNames, type LoweredTraining, type ProgramName } from "../../../gradients/lower-training.ts";
import type { InstructionSet } from "../../../vectors/instruction-set.ts";
import { stepVectors, type StepVectors } from "../../../vectors/training/step-vectors.ts";
import { verifyKernels } from "../../../vectors/verify-vectors.ts";
import { pageBytes } from "../memory-layout.ts";
import { constantData, printFunctions, vectorMath, type Constants } from "../module-parts.ts";
import { canFail, printKernels } from "../print-kernel.ts";
import type { Lookup, PrintedModule } from "../print-module.ts";
import { get, i32, op, printWat, tee, type Wat } from "../wat.ts";
import type { TrainerLayout } from "./trainer-layout.ts";

export type TrainerVectors = Readonly<Record<ProgramName, readonly StepVectors[]>>;

/** The programs of a trainer on vectors, verified. */
export function trainerVectors(lowered: LoweredTraining, instructions: InstructionSet): TrainerVectors {
  const programs = Object.fromEntries(
    programNames.map((name) => {
      const bufferOf = lowered.bufferOf(name);
      const kernels = lowered.program[name].map((operation) => stepVectors(operation, bufferOf, instructions));
      verifyKernels(kernels);
      return [name, kernels];
    }),
  );
  return programs as unknown as TrainerVectors;
}

/**
 * The module of a trainer: `memory`, and `run(program, samples, dims..., addresses...)`, which runs one of `programNames` by its
 * number and gives 0, or the code of the lookup that failed.
 */
export function printTrainerModule(
  vectors: TrainerVectors,
  { dims: modelDims }: LoweredTraining,
  layout: TrainerLayout,
  instructions: InstructionSet,
  constants: Constants,
): PrintedModule {
  const lookups: Lookup[] = [];
  const called = new Set<string>();
  const math = vectorMath(instructions, constants, called);
  const dims = modelDims.map((_, at) => `dim${at}`);
  const bases = new Map(layout.growing.map(({ name }, at) => [name, `base${at}`]));
  const parameters = ["samples", ...dims, ...bases.values()];
  const scope = {
    math: () => math,
    dim: (name: string) => (name === samplesDim ? "samples" : `dim${modelDims.indexOf(name)}`),
    base: (buffer: { readonly kind: string; readonly name?: string }) => {
      const name = buffer.name ?? "";
      const base = layout.addresses.get(name) ?? bases.get(name);
      if (base === undefined) throw new Error(`no memory for '${name}'`);
      return base;
    },
    overruns: false,
    lookupCode: (what: string, size: number) => lookups.push({ what, size }),
  };
  const functions: Wat[] = [];
  const programs = programNames.map((program): Wat => {
    const calls = vectors[program].map(({ body }, at): Wat => {
      const name = `${program}${at}`;
      functions.push(printKernels(name, [body], parameters, scope));
      const call = op("call", `$${name}`, ...parameters.map(get));
      return canFail(body) ? ["if", tee("code", call), ["then", op("return", get("code"))]] : call;
    });
    return [
      "func",
      `$${program}`,
      ...parameters.map((name) => op("param", `$${name}`, "i32")),
      op("result", "i32"),
      op("local", "$code", "i32"),
      ...calls,
      i32(0),
    ];
  });
  const run: Wat = [
    "func",
    "$run",
    op("export", '"run"'),
    ...["program", ...parameters].map((name) => op("param", `$${name}`, "i32")),
    op("result", "i32"),
    ...programNames.map((program, at): Wat => [
      "if",
      op("i32.eq", get("program"), i32(at)),
      ["then", op("return", op("call", `$${program}`, ...parameters.map(get)))],
    ]),
    i32(0),
  ];
  const module: Wat = [
    "module",
    op("memory", op("export", '"memory"'), Math.ceil(layout.dataStart / pageBytes)),
    run,
    ...programs,
    ...functions,
    ...printFunctions(called, math),
    // Behind all that notes a constant.
    ...constantData(constants),
  ];
  return { text: `${printWat(module)}\n`, lookups };
}
