import { counted } from "../../diagnostics/counted.ts";
import { product } from "../../ir/product.ts";
import { blockInputs, blockUnits, packBlocks } from "../../ir/blocks.ts";
import type { WeightTensor } from "../../ir/graph.ts";
import { rowMajor, type WeightBuffer, type WeightLayout } from "../../ir/loops.ts";
import { packPanels } from "../../ir/panels.ts";
import { storageType } from "../../ir/storage-types.ts";
import { weightKey, type WeightArrays } from "../../ir/weight-arrays.ts";
import type { ModelUnit } from "../model-unit.ts";
import { numbersToBase64 } from "./base64.ts";
import {
  code,
  docComment,
  exported,
  empty,
  join,
  quoted,
  trustedText,
  types,
  type Code,
  type Identifier,
} from "./code.ts";
import { optionalAccess } from "./info.ts";
import { readDoc } from "./model-docs.ts";
import { float64Literal } from "./numbers.ts";
import type { Preformatted } from "./preformatted.ts";
import { storageFunctions } from "./storage-functions.ts";
import type { Support } from "./support-function.ts";
import type { UnitNames } from "./names.ts";
import { arrayKey, weightBuffers } from "./unit-names.ts";
import { weightsObject } from "./weight-tree.ts";

/** Each array that the kernels of a model read, once. */
export function unitArrays(unit: ModelUnit): readonly WeightBuffer[] {
  const found = new Map<string, WeightBuffer>();
  for (const buffer of unit.program.kernels.flatMap(weightBuffers)) found.set(arrayKey(buffer), buffer);
  return [...found.values()];
}

/** The arrays of a model whose weights are in the module: base64 constants, and the function that decodes them. */
export function inlineArrays(
  unit: ModelUnit,
  arrays: WeightArrays,
  names: UnitNames,
  support: Support,
  preformatted: Preformatted,
): readonly Code[] {
  const buffers = unitArrays(unit);
  if (buffers.length === 0) return [];
  const encoded = buffers.filter((buffer) => !isShortConstant(buffer));
  const constants = encoded.map((buffer) => {
    const { integers } = buffer.weight;
    if (integers !== undefined) return base64Constant(buffer, integers, names, preformatted);
    const values = buffer.weight.values ?? (arrays.get(weightKey(buffer.weight.path)) as Float32Array);
    return base64Constant(buffer, storageType(buffer.weight).pack(packed(buffer, values)), names, preformatted);
  });
  const properties = buffers.map((buffer) => {
    const name = names.arrayNames.get(arrayKey(buffer)) as Identifier;
    if (isShortConstant(buffer)) return constantArray(buffer, name);
    const { precision } = buffer.weight;
    if (precision !== undefined) {
      const words = code`new Uint32Array(${support("decodeBase64")}(${name}, 4).buffer)`;
      const unpack = storageFunctions[precision].unpack;
      return code`${name}: ${unit.backend === undefined ? code`${support(unpack)}(${words})` : words},`;
    }
    return code`${name}: ${decoded(buffer, name, support)},`;
  });
  const unpack = code`${docComment([`Decodes the weights of ${unit.name}; done once, at the first call.`])}function ${names.arrays}() {
return {\n${join(properties, "\n")}\n};
}`;
  return [...constants, unpack];
}

function base64Constant(
  buffer: WeightBuffer,
  data: Parameters<typeof numbersToBase64>[0],
  names: UnitNames,
  preformatted: Preformatted,
): Code {
  const name = names.arrayNames.get(arrayKey(buffer)) as Identifier;
  const format = buffer.weight.precision ?? typeNames[arrayType(buffer)];
  const comment = docComment([`${describeArray(buffer)}, little-endian ${format} as base64`]);
  return code`${comment}${trustedText(preformatted.add(longString(name.text, numbersToBase64(data))))}`;
}

/** The array of a base64 constant. */
function decoded(buffer: WeightBuffer, name: Identifier, support: Support): Code {
  const type = arrayType(buffer);
  const bytes = type === "Float64Array" ? 8 : 4;
  return code`new ${trustedText(type)}(${support("decodeBase64")}(${name}, ${bytes}).buffer)`;
}

/** What holds an array, where it is not rounded. */
export function arrayType({ weight }: WeightBuffer): keyof typeof typeNames {
  if (weight.integers !== undefined) return "Int32Array";
  return weight.values instanceof Float64Array ? "Float64Array" : "Float32Array";
}

const typeNames = { Float32Array: "float32", Float64Array: "float64", Int32Array: "int32" } as const;

/** Whether an array is stored in fewer bits than float32 has; a backend gets it packed, as words. */
export function isRounded({ weight }: WeightBuffer): boolean {
  return weight.precision !== undefined;
}

/** Few numbers of the source are written as such. */
function isShortConstant(buffer: WeightBuffer): boolean {
  const { values, computed } = buffer.weight;
  return values !== undefined && computed === undefined && values.length <= 64 && !isRounded(buffer);
}

function constantArray(buffer: WeightBuffer, name: Identifier): Code {
  const values = packed(buffer, buffer.weight.values as Float64Array);
  const numbers = Array.from(values, (value) => trustedText(float64Literal(value)));
  const type = trustedText(values instanceof Float64Array ? "Float64Array" : "Float32Array");
  return code`${name}: new ${type}([${join(numbers, ", ")}]),`;
}

/**
 * The function that checks the weights a caller brings and copies them, in the order in which the kernels read them; before it
 * what it needs to know of those that were known when the module was built.
 */
export function argumentArrays(
  unit: ModelUnit,
  names: UnitNames,
  support: Support,
  preformatted: Preformatted,
): readonly Code[] {
  const arrays = unitArrays(unit);
  const packs = arrays.some(({ weight, layout }) => weight.values === undefined && layout.kind !== "row-major");
  const doc = packs
    ? `Checks the weights of ${unit.name} and packs them for the loops.`
    : `Checks and copies the weights of ${unit.name}.`;
  const what = ({ path }: WeightTensor): Code => quoted(`${unit.name}: weights.${path.join(".")}`);
  const checked = (weight: WeightTensor): Code => {
    // Optional although typed as present: what JavaScript leaves out is reported by its path.
    const access = code`weights${weight.path.map(optionalAccess)}`;
    return code`${support("copyArray")}(${what(weight)}, ${access}, ${product(weight.shape)})`;
  };
  // A kernel of integers goes by the name of its array while it is taken apart.
  const integers = new Map(
    arrays.flatMap((buffer) => {
      const { part } = buffer.weight;
      const name = names.arrayNames.get(arrayKey(buffer)) as Identifier;
      return part?.kind === "integers" ? [[weightKey(part.kernel.path), { name, kernel: part.kernel }] as const] : [];
    }),
  );
  const takenApart = [...integers.values()].map(({ name, kernel }) => {
    const units = kernel.shape.at(-1) as number;
    return code`const ${name} = ${support("quantizeKernel")}(${checked(kernel)}, ${units});\n`;
  });
  const properties = arrays.map((buffer) => {
    const { part, precision, values } = buffer.weight;
    const name = names.arrayNames.get(arrayKey(buffer)) as Identifier;
    if (values !== undefined) return constantArray(buffer, name);
    if (buffer.weight.integers !== undefined) return code`${name}: ${decoded(buffer, name, support)},`;
    const given =
      part === undefined
        ? checked(buffer.weight)
        : code`${integers.get(weightKey(part.kernel.path))?.name as Identifier}.${trustedText(part.kind)}`;
    const ordered = inOrder(buffer, what(buffer.weight), given, names, support);
    if (precision === undefined) return code`${name}: ${ordered},`;
    const { round, pack } = storageFunctions[precision];
    const stored = unit.backend === undefined ? round : pack;
    return code`${name}: ${stored === undefined ? ordered : code`${support(stored)}(${ordered})`},`;
  });
  const blockLists = arrays.flatMap((buffer) =>
    buffer.weight.integers === undefined ? [] : [base64Constant(buffer, buffer.weight.integers, names, preformatted)],
  );
  return [
    ...blockLists,
    code`${docComment([doc])}function ${names.arrays}(weights${types`: ${names.weights}`}) {
${join(takenApart, "")}return {\n${join(properties, "\n")}\n};
}`,
  ];
}

/** A row-major array in the order in which its kernel reads it. */
function inOrder({ layout, weight }: WeightBuffer, what: Code, array: Code, names: UnitNames, support: Support): Code {
  if (layout.kind === "row-major") return array;
  const [inputs, units] = weight.shape as readonly [number, number];
  if (layout.kind === "blocks") {
    const index = rowMajor(layout.blocks.index);
    const name = names.arrayNames.get(arrayKey(index)) as Identifier;
    return code`${support("packBlocks")}(${what}, ${array}, ${inputs}, ${units}, ${decoded(index, name, support)})`;
  }
  const padding = layout.lanes === 1 ? empty : code`, ${layout.lanes}`;
  return code`${support("packPanels")}(${array}, ${inputs}, ${units}, ${layout.width}${padding})`;
}

/** `readDigitsWeights(bytes)` */
export function weightsReader(unit: ModelUnit, names: UnitNames, support: Support): Code {
  const values = unit.weights.map(({ path, shape }) => {
    const axes = shape.map((axis) => code`${axis}`);
    return { path, leaf: code`read(${quoted(path.join("."))}, [${join(axes, ", ")}])` };
  });
  const precision = unit.weights.find((weight) => weight.precision !== undefined)?.precision;
  const reader = precision === undefined ? "readSafetensors" : storageFunctions[precision].read;
  return code`${readDoc(unit)}${exported}function ${names.read}(bytes${types`: ArrayBuffer | Uint8Array`})${types`: ${names.weights}`} {
const read = ${support(reader)}(${quoted(unit.name)}, bytes);
return ${weightsObject(values)};
}`;
}

/** An array in the order in which its kernel reads it (see `WeightLayout`). */
function packed<Values extends Float32Array | Float64Array>(buffer: WeightBuffer, values: Values): Values {
  if (buffer.layout.kind === "row-major") return values;
  const [inputs, units] = buffer.weight.shape as readonly [number, number];
  return buffer.layout.kind === "blocks"
    ? packBlocks(buffer.layout.blocks, values, inputs, units)
    : packPanels(buffer.layout, values, inputs, units);
}

function describeArray(buffer: WeightBuffer): string {
  const { path, shape } = buffer.weight;
  return `${path.join("/")} [${shape.join(", ")}]${describeLayout(buffer.layout)}`;
}

function describeLayout(layout: WeightLayout): string {
  switch (layout.kind) {
    case "row-major":
      return "";
    case "panels":
      return ` in panels of ${counted(layout.width, "unit")}`;
    case "blocks":
      return `: its ${counted(layout.blocks.count, "block")} of ${blockInputs} inputs by ${blockUnits} units with weights other than 0`;
  }
}

/** A constant as Prettier lays it out; base64 needs no escapes. */
export function longString(name: string, text: string): string {
  const oneLine = `const ${name} = "${text}";`;
  return oneLine.length <= 80 ? oneLine : `const ${name} =\n  "${text}";`;
}
