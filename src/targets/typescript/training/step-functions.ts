import type { ProgramName } from "../../../gradients/lower-training.ts";
import { programNames } from "../../../gradients/lower-training.ts";
import type { StepKernel } from "../../../gradients/loops/step-kernels.ts";
import { samplesAxis } from "../../../ir/step-graph.ts";
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
import { arrayType } from "./array-type.ts";

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
  const { lowered, name, exportName, dims: modelDims, engine } = unit;
  const known = new Map<string, Identifier>();
  const sections: Code[] = [];
  const callOf = (kernel: StepKernel): Code => {
    const names = bufferNames(kernel);
    const dims = kernel.dims.map((dim) => dimName(dim, context));
    const scope = kernelScope(name, names, context);
    const body = printBody(kernel.body, scope);
    const declared = [
      ...[...names.values()].map((own) => code`${own}${types`: ${arrayType(unit)}`}`),
      ...dims.map((dim) => code`${dim}${types`: number`}`),
    ];
    const head = code`(${join(declared, ", ")})${types`: void`}`;
    const text = printBody(kernel.body, { ...scope, preformatted: { add: (one) => one } });
    const key = render(code`${head}${trustedText(text)}`, "ts");
    let own = known.get(key);
    if (own === undefined) {
      own = context.fresh(`${exportName}_${functionName(kernel)}`);
      known.set(key, own);
      sections.push(code`${docComment(kernelDoc(kernel))}function ${own}${head} {\n${trustedText(body)}\n}`);
    }
    const given = [
      ...kernel.buffers.map((buffer) => code`${context.array(buffer.name)}`),
      ...dims.map((dim) => code`${dim}`),
    ];
    return code`${own}(${join(given, ", ")});`;
  };
  const calls = Object.fromEntries(
    programNames.map((program, at) => {
      const loops = lowered.kernels[program].map(callOf);
      if (engine === undefined || loops.length === 0) return [program, loops];
      const given = [
        code`${at}`,
        program === "results" ? code`0` : code`samples`,
        ...modelDims.map((dim) => (program === "results" ? code`0` : code`${context.dim(dim)}`)),
        ...engine.layout.growing.map((array) => code`${context.address(array.name)}`),
      ];
      return [
        program,
        [
          code`if (engine !== undefined) {
${ranChecked(unit, code`engine.run(${join(given, ", ")})`, context)}
} else {
${join(loops, "\n")}
}`,
        ],
      ];
    }),
  ) as unknown as StepFunctions["calls"];
  return { sections, calls };
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

/** What a function calls its arrays: those that it writes come last. */
function bufferNames({ buffers, written }: StepKernel): ReadonlyMap<string, Identifier> {
  let [inputs, outputs] = [0, 0];
  return new Map(
    buffers.map(({ name }) => [name, identifier(written.has(name) ? `out${outputs++}` : `in${inputs++}`)]),
  );
}

function dimName(dim: string, context: StepContext): Identifier {
  return dim === samplesAxis.dims[0] ? identifier("samples") : context.dim(dim);
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

function functionName({ origins, note }: StepKernel): string {
  const layer = origins[0]?.path.join("_");
  if (layer !== undefined) return note === undefined ? layer : `${layer}_${note}`;
  return note?.replace(/^the /, "") ?? "sum";
}

function kernelDoc({ origins, note }: StepKernel): readonly string[] {
  const layers = origins.map(
    ({ path, description }) => `${path.join("/")}: ${description}${note === undefined ? "" : `, ${note}`}`,
  );
  return layers.length > 0
    ? layers
    : [note === undefined ? "A sum of gradients." : `${note}.`.replace(/^./, (first) => first.toUpperCase())];
}
