import { samplesDim } from "../../../ir/samples.ts";
import type { ProgramName } from "../../../gradients/lower-training.ts";
import { programNames } from "../../../gradients/lower-training.ts";
import { capitalized } from "../../../diagnostics/capitalized.ts";
import type { StepKernel } from "../../../gradients/loops/step-kernels.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import {
  code,
  docComment,
  identifier,
  join,
  quoted,
  render,
  trustedText,
  types,
  type Code,
  type Identifier,
} from "../code.ts";
import type { Preformatted } from "../preformatted.ts";
import { printBody, type KernelScope } from "../print-kernel.ts";
import type { Support } from "../support-function.ts";
import { arrayParameters } from "./array-parameters.ts";
import { arrayType } from "./array-type.ts";
import { comparedMaxima } from "./compared-maxima.ts";

/** The functions of a trainer's kernels, and the calls that run its programs. */
export interface StepFunctions {
  readonly sections: readonly Code[];
  readonly calls: Readonly<Record<ProgramName, readonly Code[]>>;
}

export interface StepContext {
  readonly typescript: boolean;
  readonly preformatted: Preformatted;
  readonly support: Support;
  fresh(text: string): Identifier;
  /** The name of an array of the trainer. */
  array(name: string): Identifier;
  /** The variable of an array's address, where it grows in the memory of an engine. */
  address(name: string): Identifier;
  /** The name of a run-time dim of the model. */
  dim(name: string): Identifier;
  /** What starts an engine. */
  readonly engineStart?: Code | undefined;
}

/** Prints each kernel as a function; kernels that do the same to other arrays share one. */
export function stepFunctions(unit: TrainerUnit, context: StepContext): StepFunctions {
  const { lowered, exportName } = unit;
  const known = new Map<string, SharedFunction>();
  const callOf = (kernel: StepKernel): Code => {
    const dims = kernel.dims.map((dim) => dimName(dim, context));
    const printed = printKernel(kernel, dims, unit, context);
    const own = known.get(printed.key) ?? {
      name: context.fresh(`${exportName}_${functionName(kernel)}`),
      docs: new Set<string>(),
      code: printed.code,
    };
    known.set(printed.key, own);
    for (const line of kernelDoc(kernel)) own.docs.add(line);
    const given = [
      ...kernel.buffers.map((buffer) => code`${context.array(buffer.name)}`),
      ...dims.map((dim) => code`${dim}`),
    ];
    return code`${own.name}(${join(given, ", ")});`;
  };
  const calls = Object.fromEntries(
    programNames.map((program, at) => {
      const loops = lowered.kernels[program].map(callOf);
      return [
        program,
        unit.engine === undefined || loops.length === 0 ? loops : [engineCall(unit, at, loops, context)],
      ];
    }),
  ) as unknown as StepFunctions["calls"];
  const sections = [...known.values()].map(
    ({ name, docs, code: own }) => code`${docComment([...docs])}function ${name}${own}`,
  );
  return { sections, calls };
}

/** A function that may serve several kernels. */
interface SharedFunction {
  readonly name: Identifier;
  readonly docs: Set<string>;
  /** From its parameters on. */
  readonly code: Code;
}

/** A kernel's function from its parameters on, and its text, by which those that are the same are known. */
function printKernel(
  kernel: StepKernel,
  dims: readonly Identifier[],
  unit: TrainerUnit,
  context: StepContext,
): { readonly key: string; readonly code: Code } {
  const names = arrayParameters(kernel, dims);
  const scope = kernelScope(unit.name, names, context);
  const declared = [
    ...[...names.values()].map((own) => code`${own}${types`: ${arrayType(unit)}`}`),
    ...dims.map((dim) => code`${dim}${types`: number`}`),
  ];
  const head = code`(${join(declared, ", ")})${types`: void`}`;
  const body = comparedMaxima(kernel.body);
  const text = printBody(body, { ...scope, preformatted: { add: (one) => one } });
  return {
    key: render(code`${head}${trustedText(text)}`, "ts"),
    code: code`${head} {\n${trustedText(printBody(body, scope))}\n}`,
  };
}

/** The call of a program: on the engine, or else its loops. */
function engineCall(unit: TrainerUnit, at: number, loops: readonly Code[], context: StepContext): Code {
  const ofBatch = programNames[at] !== "results";
  const given = [
    code`${at}`,
    ofBatch ? code`samples` : code`0`,
    ...unit.dims.map((dim) => (ofBatch ? code`${context.dim(dim)}` : code`0`)),
    ...(unit.engine?.layout.growing ?? []).map((array) => code`${context.address(array.name)}`),
  ];
  return code`if (engine !== undefined) {
${ranChecked(unit, code`engine.run(${join(given, ", ")})`, context)}
} else {
${join(loops, "\n")}
}`;
}

/** A call of an engine, with the error of an index that is none. */
function ranChecked({ engine, name }: TrainerUnit, call: Code, context: StepContext): Code {
  const lookups = engine?.lookups ?? [];
  if (lookups.length === 0) return code`${call};`;
  const refused = lookups.map(
    ({ what, size }, at) =>
      code`if (failed === ${at + 1}) ${context.support("checkIndex")}(${quoted(`${name}: ${what}`)}, view(0, 1)[0]${types`!`}, ${size});`,
  );
  return code`const failed = ${call};\n${join(refused, "\n")}`;
}

function dimName(dim: string, context: StepContext): Identifier {
  return dim === samplesDim ? identifier("samples") : context.dim(dim);
}

function kernelScope(model: string, names: ReadonlyMap<string, Identifier>, context: StepContext): KernelScope {
  return {
    typescript: context.typescript,
    preformatted: context.preformatted,
    buffer: (buffer) => (buffer.kind === "weights" ? "" : (names.get(buffer.name) as Identifier).text),
    checkIndex: (what, value, size) =>
      render(
        code`${context.support("checkIndex")}(${quoted(`${model}: ${what}`)}, ${trustedText(value)}, ${size})`,
        context.typescript ? "ts" : "js",
      ),
    dim: (dim) => dimName(dim, context).text,
    scalarFunction() {
      throw new Error("a kernel of a step calls no functions");
    },
  };
}

function functionName({ origins, note = "sum" }: StepKernel): string {
  const layer = origins[0]?.path.join("_");
  const what = origins.length === 0 && note === "gradient" ? "loss gradient" : note;
  const words = what
    .replace(/^the /, "")
    .replace(/'s|,| of the/g, "")
    .replaceAll(/\W+/g, "_");
  if (layer === undefined) return words;
  return note === "sum" ? layer : `${layer}_${words}`;
}

function kernelDoc({ origins, note }: StepKernel): readonly string[] {
  if (origins.length > 0) {
    const more = note === undefined ? "" : `, ${note}`;
    return origins.map(({ path, description }) => `${path.join("/")}: ${description}${more}`);
  }
  if (note === undefined) return ["A sum of gradients."];
  return [note === "gradient" ? "The gradient of the loss." : `${capitalized(note)}.`];
}
