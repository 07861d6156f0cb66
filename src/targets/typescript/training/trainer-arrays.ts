import { isStatic, multiplySizes, type Size } from "../../../ir/size.ts";
import type { Shape } from "../../../ir/shape.ts";
import { elementCount } from "../../../ir/shape.ts";
import { samplesAxis, type StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, empty, join, trustedText, types, type Code, type Identifier } from "../code.ts";
import { float64Literal } from "../numbers.ts";
import { printSize } from "../print-value.ts";
import { arrayType } from "./array-type.ts";
import type { StepContext } from "./step-functions.ts";

/** The array of a value that a trainer holds. */
export function arrayOf(tensor: StepTensor, { lowered }: TrainerUnit, context: StepContext): Identifier {
  const held = lowered.held.get(tensor.id);
  if (held === undefined) throw new Error(`value ${tensor.id} has no array`);
  return context.array(held.name);
}

interface DeclaredArray {
  readonly name: string;
  readonly sizes: readonly Size[];
  /** Of a constant. */
  readonly values?: readonly number[];
}

function declaredArrays({ lowered }: TrainerUnit): readonly DeclaredArray[] {
  const constants = new Map(lowered.program.constants.map(({ tensor, values }) => [tensor.id, values]));
  return [
    ...[...lowered.held].map(([id, { name, size }]) => {
      const values = constants.get(id);
      return { name, sizes: [size], ...(values === undefined ? {} : { values }) };
    }),
    ...[...lowered.scratch].map(([name, sizes]) => ({ name, sizes })),
  ];
}

/** Arrays of known sizes are made once; the others, when a batch is larger than all before. */
export function declarations(unit: TrainerUnit, context: StepContext): readonly Code[] {
  const { engine } = unit;
  const type = arrayType(unit);
  const lines = declaredArrays(unit).flatMap(({ name, sizes, values }) => {
    const array = context.array(name);
    const list = join(
      (values ?? []).map((value) => trustedText(float64Literal(value))),
      ", ",
    );
    if (!sizes.every(isStatic)) return [code`let ${array} = new ${type}(0);`];
    const length = Math.max(...sizes.map(({ factor }) => factor));
    if (engine !== undefined) {
      const made = code`let ${array} = view(${engine.layout.addresses.get(name) ?? 0}, ${length});`;
      return values === undefined ? [made] : [made, code`${array}.set([${list}]);`];
    }
    if (values !== undefined) return [code`const ${array} = ${type}.of(${list});`];
    return [code`const ${array} = new ${type}(${length});`];
  });
  if (engine === undefined) return lines;
  const exports = context.engineStart ?? empty;
  return [
    code`const engine = ${exports};
const view = (address${types`: number`}, length${types`: number`}) => engine === undefined
? new Float32Array(length)
: new Float32Array(engine.memory.buffer, address, length);`,
    ...lines,
    ...engine.layout.growing.map(({ name }) => code`let ${context.address(name)} = 0;`),
  ];
}

/** `reserve`: makes room for a batch. */
export function reserveFunction(unit: TrainerUnit, context: StepContext): Code {
  const grown = declaredArrays(unit).filter(({ sizes }) => !sizes.every(isStatic));
  const lines = unit.engine === undefined ? grown.map((array) => madeLonger(array, context)) : inMemory(unit, context);
  const isKnown = unit.dims.length === 0 ? code`if (samples <= room) return;\nroom = samples;\n` : empty;
  const room = unit.dims.length === 0 ? code`let room = 0;\n` : empty;
  return code`${room}const reserve = (samples${types`: number`}${dimParameters(unit, context)})${types`: void`} => {
${isKnown}${join(lines, "\n")}
};`;
}

function madeLonger({ name, sizes }: DeclaredArray, context: StepContext): Code {
  const array = context.array(name);
  const most = mostText(sizes, context);
  return code`if (${array}.length < ${most}) ${array} = new Float64Array(${most});`;
}

function mostText(sizes: readonly Size[], context: StepContext): Code {
  const wanted = sizes.map((size) => sizeText(size, context));
  return wanted.length === 1 ? (wanted[0] as Code) : code`Math.max(${join(wanted, ", ")})`;
}

/** Arrays that follow each other in memory, which grows: views of it that were made before are empty then. */
function inMemory(unit: TrainerUnit, context: StepContext): readonly Code[] {
  const { layout } = unit.engine as NonNullable<TrainerUnit["engine"]>;
  const lines: Code[] = [code`let end = ${layout.dataStart};`];
  for (const { name, sizes } of layout.growing) {
    lines.push(
      code`${context.address(name)} = end;`,
      // Room for reads that run over the end, and up to the next vector.
      code`end += Math.ceil((4 * ${mostText(sizes, context)} + 16) / 16) * 16;`,
    );
  }
  const kept = declaredArrays(unit).flatMap(({ name, sizes }) => {
    const address = layout.addresses.get(name);
    if (address === undefined) return [];
    const length = Math.max(...sizes.map(({ factor }) => factor));
    return [code`${context.array(name)} = view(${address}, ${length});`];
  });
  return [
    ...lines,
    code`if (engine !== undefined && end > engine.memory.buffer.byteLength) {
engine.memory.grow(Math.ceil((end - engine.memory.buffer.byteLength) / 65536));
${join(kept, "\n")}
}`,
    ...layout.growing.map(
      ({ name, sizes }) => code`${context.array(name)} = view(${context.address(name)}, ${mostText(sizes, context)});`,
    ),
  ];
}

/** `, time_size: number` for each run-time dim of the model. */
export function dimParameters({ dims }: TrainerUnit, context: StepContext): Code {
  return join(
    dims.map((dim) => code`, ${context.dim(dim)}${types`: number`}`),
    "",
  );
}

/** `, time_size` for each run-time dim of the model. */
export function dimArguments({ dims }: TrainerUnit, context: StepContext): Code {
  return join(
    dims.map((dim) => code`, ${context.dim(dim)}`),
    "",
  );
}

/** A size as an expression. */
export function sizeText(size: Size, context: StepContext): Code {
  const dim = (name: string): string => (name === samplesAxis.dims[0] ? "samples" : context.dim(name).text);
  return trustedText(printSize(size, { dim }));
}

/** The elements of all samples. */
export function batchSize(shape: Shape, context: StepContext): Code {
  return sizeText(multiplySizes(samplesAxis, elementCount(shape)), context);
}

/** The elements of one sample, as a factor. */
export function sampleSize(shape: Shape, context: StepContext): Code {
  const size = elementCount(shape);
  return isStatic(size) ? sizeText(size, context) : code`(${sizeText(size, context)})`;
}
