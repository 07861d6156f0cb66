import type { Model, ModelCompile } from "../../check/model.ts";
import { shapeValues } from "../../cases/fit-cases.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { product } from "../../ir/product.ts";
import { leafLayers } from "../../lower/leaf-layers.ts";
import type { WantedData } from "./reading.ts";
import { planTargets, type LossFacts } from "./target-plan.ts";

export const trainRunTimeDims = defineDiagnostic<{ model: string; dims: readonly string[]; unknown?: string }>(
  "train-run-time-dims",
  "error",
  "A size that is known only at run time has no value for the training, or a size has one that the model lacks.",
  ({ model, dims, unknown }) => ({
    message:
      unknown === undefined
        ? `${model} has the run-time ${dims.length === 1 ? "size" : "sizes"} ${listed(dims)}, and all samples of a file have one`
        : `--dims names '${unknown}', which is no run-time size of ${model}`,
    help:
      dims.length === 0
        ? "all its sizes are known: leave --dims out"
        : `say what the samples have: --dims ${dims.map((dim) => `${dim}=16`).join(",")}`,
  }),
  () => ({
    meaning:
      "All samples of a file have one shape. The weights don't depend on it, so the trained model takes samples of every size.",
    example: {
      kind: "command",
      text: "layerc train gestures.layers --data gestures.npz",
      arguments: { model: "Gestures", dims: ["time"] },
      mended: "layerc train gestures.layers --data gestures.npz --dims time=16",
    },
  }),
);

/** What a model takes of a file of samples; `dims` are the values of its run-time sizes. */
export function wantedOf(
  model: Model,
  compile: ModelCompile,
  dims: Readonly<Record<string, number>>,
): Checked<WantedData | undefined> {
  const unknown = Object.keys(dims).find((dim) => !model.dims.includes(dim));
  const missing = model.dims.some((dim) => !Object.hasOwn(dims, dim));
  if (unknown !== undefined || missing) {
    const about = { model: model.name, dims: model.dims, ...(unknown === undefined ? {} : { unknown }) };
    return { value: undefined, diagnostics: [trainRunTimeDims(model.inputSpan, about)] };
  }
  const inputShape = shapeValues(model.inputShape, dims);
  const plan = planTargets(model, shapeValues(model.outputShape, dims), lossFacts(compile));
  const rows = rowsOfTable(model);
  const value = { inputShape, inputs: product(inputShape), ...(rows === undefined ? {} : { rows }), plan };
  return { value, diagnostics: [] };
}

/** Layers that hand on the numbers of their input, maybe in another shape. */
const movesNumbers: ReadonlySet<string> = new Set(["Flatten", "Reshape", "Permute", "RepeatVector"]);

/** The rows of the table of an Embedding that reads the model's input. */
function rowsOfTable({ layers }: Model): number | undefined {
  const first = leafLayers(layers).find(({ layer }) => !movesNumbers.has(layer.definition.className))?.layer;
  return first?.definition.className === "Embedding" ? (first.config["input_dim"] as number) : undefined;
}

function lossFacts({ loss: { definition, config } }: ModelCompile): LossFacts {
  const ignoredClass = config["ignore_class"];
  return {
    name: definition.identifier,
    targets: definition.targets,
    ...(typeof ignoredClass === "number" ? { ignoredClass } : {}),
  };
}

function listed(dims: readonly string[]): string {
  return dims.map((dim) => `'${dim}'`).join(", ");
}
