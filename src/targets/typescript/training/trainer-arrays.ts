import type { HeldRole } from "../../../gradients/lower-training.ts";
import { isStatic, type Size } from "../../../ir/size.ts";
import type { StepTensor } from "../../../ir/step-graph.ts";
import type { TrainerUnit } from "../../trainer-unit.ts";
import { code, empty, join, lineComments, trustedText, types, type Code, type Identifier } from "../code.ts";
import { float64Literal } from "../numbers.ts";
import { arrayType } from "./array-type.ts";
import { dimParameters, sizeText } from "./batch-sizes.ts";
import type { StepContext } from "./step-functions.ts";

/** The array of a value that a trainer holds. */
export function arrayOf(tensor: StepTensor, { lowered }: TrainerUnit, context: StepContext): Identifier {
  const held = lowered.held.get(tensor.id);
  if (held === undefined) throw new Error(`value ${tensor.id} has no array`);
  return context.array(held.name);
}

interface DeclaredArray {
  readonly name: string;
  readonly role: HeldRole | "scratch";
  readonly sizes: readonly Size[];
  /** Of a constant. */
  readonly values?: readonly number[];
}

/** What arrays are for, said before the first of them. */
const roles: Readonly<Record<DeclaredArray["role"], string>> = {
  batch: "A batch, and how much each of its samples counts.",
  weights: "The weights.",
  optimizer: "What the optimizer keeps beside them.",
  masks: "Which weights are trained: 1, or 0 for those that stay as they are.",
  numbers: "Numbers of a step.",
  random: "Random numbers of a step.",
  constants: "Numbers that stay.",
  metrics: "Sums of metrics.",
  scratch: "Values between the functions of a step; an array serves several of them, one after the other.",
};

function declaredArrays({ lowered }: TrainerUnit): readonly DeclaredArray[] {
  const constants = new Map(lowered.program.constants.map(({ tensor, values }) => [tensor.id, values]));
  return [
    ...[...lowered.held].map(([id, { name, role, size }]) => {
      const values = constants.get(id);
      return { name, role, sizes: [size], ...(values === undefined ? {} : { values }) };
    }),
    ...[...lowered.scratch].map(([name, sizes]) => ({ name, role: "scratch" as const, sizes })),
  ];
}

/** Arrays of known sizes are made once; the others, when a batch is larger than all before. An item for each role. */
export function declarations(unit: TrainerUnit, context: StepContext): readonly Code[] {
  const groups = new Map<DeclaredArray["role"], Code[]>();
  for (const array of declaredArrays(unit)) {
    const lines = groups.get(array.role) ?? [];
    groups.set(array.role, [...lines, ...declaration(array, unit, context)]);
  }
  const arrays = [...groups].map(([role, lines]) => code`${lineComments([roles[role]])}${join(lines, "\n")}`);
  return [...engineStart(unit, context), ...arrays];
}

function declaration({ name, sizes, values }: DeclaredArray, unit: TrainerUnit, context: StepContext): readonly Code[] {
  const { engine } = unit;
  const type = arrayType(unit);
  const array = context.array(name);
  if (!sizes.every(isStatic)) return [code`let ${array} = new ${type}(0);`];
  const length = largest(sizes);
  const list = join(
    (values ?? []).map((value) => trustedText(float64Literal(value))),
    ", ",
  );
  if (engine !== undefined) {
    const made = code`let ${array} = view(${engine.layout.addresses.get(name) ?? 0}, ${length});`;
    return values === undefined ? [made] : [made, code`${array}.set([${list}]);`];
  }
  return [
    code`const ${array} = ${values === undefined ? code`new ${type}(${length})` : code`${type}.from([${list}])`};`,
  ];
}

/** The memory of an engine, and what makes arrays in it. */
function engineStart({ engine }: TrainerUnit, context: StepContext): readonly Code[] {
  if (engine === undefined) return [];
  const addresses = engine.layout.growing.map(({ name }) => code`let ${context.address(name)} = 0;`);
  return [
    code`const engine = ${context.engineStart ?? empty};
const view = (address${types`: number`}, length${types`: number`}) => engine === undefined
? new Float32Array(length)
: new Float32Array(engine.memory.buffer, address, length);`,
    ...(addresses.length === 0
      ? []
      : [
          code`${lineComments(["Where arrays that grow with the batch lie in its memory, in bytes."])}${join(addresses, "\n")}`,
        ]),
  ];
}

/** `reserve`: makes room for a batch. Where there is not enough memory, it throws and leaves all as it was. */
export function reserveFunction(unit: TrainerUnit, context: StepContext): Code {
  const { dims, engine } = unit;
  const grown = declaredArrays(unit).flatMap(({ name, sizes }): readonly GrownArray[] =>
    sizes.every(isStatic) ? [] : [{ name, array: context.array(name), length: mostText(sizes, context) }],
  );
  const head = code`const reserve = (samples${types`: number`}${dimParameters(unit, context)})${types`: void`} => {`;
  const doc = lineComments(["Makes room for a batch."]);
  if (engine === undefined && dims.length > 0) return code`${doc}${head}\n${longerArrays(grown)}\n};`;
  if (engine === undefined) return withRoom(doc, head, longerArrays(grown));
  if (dims.length === 0) {
    return withRoom(doc, head, placedArrays(grown, unit, context));
  }
  // Batches of several run-time sizes are larger than one another in one array each.
  const fits = join(
    grown.map(({ array, length }) => code`${array}.length >= ${length}`),
    " && ",
  );
  const longest = grown.map((own) => ({ ...own, length: code`Math.max(${own.array}.length, ${own.length})` }));
  return code`${doc}${head}
if (${fits}) return;
${placedArrays(longest, unit, context)}
};`;
}

interface GrownArray {
  readonly name: string;
  readonly array: Identifier;
  readonly length: Code;
}

/** The function for a batch of which only the number of samples is known at run time. */
function withRoom(doc: Code, head: Code, body: Code): Code {
  return code`${doc}let room = 0;\n${head}\nif (samples <= room) return;\n${body}\nroom = samples;\n};`;
}

function longerArrays(grown: readonly GrownArray[]): Code {
  const lines = grown.map(
    ({ array, length }) => code`if (${array}.length < ${length}) ${array} = new Float64Array(${length});`,
  );
  return join(lines, "\n");
}

function mostText(sizes: readonly Size[], context: StepContext): Code {
  const wanted = sizes.map((size) => sizeText(size, context));
  return wanted.length === 1 ? (wanted[0] as Code) : code`Math.max(${join(wanted, ", ")})`;
}

/** Arrays that follow each other in memory, which grows: views of it that were made before are empty then. */
function placedArrays(grown: readonly GrownArray[], unit: TrainerUnit, context: StepContext): Code {
  const { layout } = unit.engine as NonNullable<TrainerUnit["engine"]>;
  const kept = declaredArrays(unit).flatMap(({ name, sizes }) => {
    const address = layout.addresses.get(name);
    return address === undefined ? [] : [code`${context.array(name)} = view(${address}, ${largest(sizes)});`];
  });
  const addresses = grown.map(({ name }, at) => {
    const before = grown[at - 1];
    const start =
      before === undefined
        ? code`${layout.dataStart}`
        : code`${context.address(before.name)} + sizes[${at - 1}]${types`!`}`;
    return code`${context.address(name)} = ${start};`;
  });
  const views = grown.map(
    ({ name, array }, at) => code`${array} = view(${context.address(name)}, lengths[${at}]${types`!`});`,
  );
  const lengths = join(
    grown.map(({ length }) => length),
    ", ",
  );
  return code`const lengths = [${lengths}];
// In bytes, with room for reads that run over the end, and up to the next vector.
const sizes = lengths.map((length) => Math.ceil((4 * length + 16) / 16) * 16);
const end = sizes.reduce((sum, size) => sum + size, ${layout.dataStart});
if (engine !== undefined && end > engine.memory.buffer.byteLength) {
engine.memory.grow(Math.ceil((end - engine.memory.buffer.byteLength) / 65536));
${join(kept, "\n")}
}
${join([...addresses, ...views], "\n")}`;
}

function largest(sizes: readonly Size[]): number {
  return Math.max(...sizes.map(({ factor }) => factor));
}
