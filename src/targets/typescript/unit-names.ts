import type { Kernel, WeightBuffer } from "../../ir/loops.ts";
import { forEachValue } from "../../ir/visit-statements.ts";
import type { ModelUnit } from "../model-unit.ts";
import { identifier, type Identifier } from "./code.ts";
import type { Names, UnitNames } from "./names.ts";

/** The exported names of a model; they are fixed and take precedence. */
export function exportedNames(
  unit: Pick<ModelUnit, "name" | "exportName" | "labels">,
): Readonly<Record<string, string>> {
  const { name, exportName, labels } = unit;
  const ofLabels = {
    list: `${exportName}Labels`,
    label: `${name}Label`,
    ranked: `${name}Class`,
    classify: `classify${name}`,
  };
  return {
    type: name,
    input: `${name}Input`,
    output: `${name}Output`,
    dims: `${name}Dims`,
    weights: `${name}Weights`,
    instance: exportName,
    info: `${exportName}Info`,
    create: `create${name}`,
    read: `read${name}Weights`,
    ...(labels === undefined ? {} : ofLabels),
  };
}

/** What the names of a model depend on beside the model. */
export interface NameContext {
  /** The exported names of all models, by the model's name and what they name. */
  readonly claimed: ReadonlyMap<string, Identifier>;
  /** What the functions of kernels call their locals. */
  readonly locals: ReadonlySet<string>;
  /** Tells several models of a module apart. */
  readonly prefix: string;
}

/** Chooses the names that are not exported. */
export function unitNames(unit: ModelUnit, names: Names, { claimed, locals, prefix }: NameContext): UnitNames {
  const exported = (key: string): Identifier => claimed.get(`${unit.name} ${key}`) as Identifier;
  const dimNames = new Map(unit.dims.map((dim) => [dim, names.fresh(locals.has(dim) ? `${dim}_size` : dim)]));
  // A reserved word, so that nothing else has the name.
  if (unit.program.batch !== undefined) dimNames.set(unit.program.batch.dim, identifier(unit.program.batch.dim));
  const kernels = new Map(unit.program.kernels.map((kernel) => [kernel, names.fresh(prefix + kernelName(kernel))]));
  const arrayNames = new Map<string, Identifier>();
  for (const buffer of unit.program.kernels.flatMap(weightBuffers)) {
    const key = arrayKey(buffer);
    if (!arrayNames.has(key)) arrayNames.set(key, names.fresh(`${prefix}${buffer.weight.path.join("_")}`));
  }
  return {
    type: exported("type"),
    input: exported("input"),
    output: exported("output"),
    dims: exported("dims"),
    weights: exported("weights"),
    ...(unit.trainer === undefined || unit.trainer.engine !== undefined
      ? {}
      : { trained: exported("trainer weights") }),
    instance: exported("instance"),
    info: exported("info"),
    create: exported("create"),
    read: exported("read"),
    ...(unit.labels === undefined
      ? {}
      : {
          labels: {
            list: exported("list"),
            label: exported("label"),
            ranked: exported("ranked"),
            classify: exported("classify"),
          },
        }),
    arrays: names.fresh(`${unit.exportName}Arrays`),
    kernels,
    arrayNames,
    dimNames,
  };
}

/** After the layer that does the work; what is fused into it stands in the comment. */
function kernelName(kernel: Kernel): string {
  const layer = kernel.origins[0]?.path.join("_") ?? "load";
  return kernel.part === undefined || kernel.part.number === 1 ? layer : `${layer}_${kernel.part.operation}`;
}

/** The arrays a kernel reads, in order of first use. Found once: many parts of a module ask. */
export function weightBuffers(kernel: Kernel): readonly WeightBuffer[] {
  const known = buffersOfKernels.get(kernel);
  if (known !== undefined) return known;
  const read = new Set<WeightBuffer>();
  forEachValue(kernel.body, (value) => {
    if (value.kind === "load" && value.buffer.kind === "weights") read.add(value.buffer);
  });
  const buffers = [...new Map([...read].map((buffer) => [arrayKey(buffer), buffer])).values()];
  buffersOfKernels.set(kernel, buffers);
  return buffers;
}

const buffersOfKernels = new WeakMap<Kernel, readonly WeightBuffer[]>();

/** Equal for buffers that share an array. */
export function arrayKey(buffer: WeightBuffer): string {
  const { layout: order } = buffer;
  const layout = order.kind === "panels" ? `panels ${order.width}/${order.lanes}` : order.kind;
  return `${buffer.weight.path.join("/")} ${layout}`;
}
