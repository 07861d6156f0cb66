import { isObject, ownString, ownValue, parseJson, type JsonObject, type JsonValue } from "../files/json.ts";
import { fail } from "../files/read-failure.ts";
import { createValueBudget, readCaseArray, type ValueBudget } from "./case-array.ts";
import type { CaseArray, Cases, CasesFile, LayerCases, ListedLayer } from "./cases.ts";
import { maxCaseDepth, maxJsonCasesBytes } from "./limits.ts";

/**
 * Reads `{ inputs, outputs, layers }`, or `{ models: { Name: { inputs, ... } } }` for several models. `layers` is an
 * object of outputs by path, or Keras' list of layers with `sample0_output`. `outputs_float64` counts before `outputs`.
 */
export function readJsonCases(bytes: Uint8Array): CasesFile {
  if (bytes.length > maxJsonCasesBytes) fail("too-large", `it is JSON of more than ${maxJsonCasesBytes} bytes`);
  const content = parseJson(bytes, "it");
  if (!isObject(content)) return fail("damaged", "it is not a JSON object");
  const budget = createValueBudget();
  const models = ownValue(content, "models");
  if (models === undefined) return { kind: "one", cases: readCases(content, "", budget) };
  if (!isObject(models)) return fail("damaged", "models is not an object of cases by model");
  const found = Object.entries(models).map(([name, item]) => {
    if (!isObject(item)) return fail("damaged", `models.${name} is not an object`);
    return [name, readCases(item, `models.${name}.`, budget)] as const;
  });
  return { kind: "by-model", models: new Map(found) };
}

function readCases(content: JsonObject, prefix: string, budget: ValueBudget): Cases {
  const outputs = Object.hasOwn(content, "outputs_float64") ? "outputs_float64" : "outputs";
  return {
    inputs: roundToFloat32(readCaseArray(ownValue(content, "inputs"), `${prefix}inputs`, budget)),
    outputs: readCaseArray(ownValue(content, outputs), `${prefix}${outputs}`, budget),
    layers: readLayers(ownValue(content, "layers"), `${prefix}layers`, budget),
  };
}

/** The array with every value as float32 has it. */
function roundToFloat32(array: CaseArray): CaseArray {
  return { ...array, data: array.data.map(Math.fround) };
}

function readLayers(value: JsonValue | undefined, place: string, budget: ValueBudget): LayerCases {
  if (value === undefined) return { kind: "by-path", outputs: new Map() };
  if (Array.isArray(value)) {
    return { kind: "in-order", layers: readListedLayers(value as readonly JsonValue[], place, 1, budget) };
  }
  if (!isObject(value))
    return fail("damaged", `${place} is neither an object of outputs by layer nor a list of layers`);
  const outputs = Object.entries(value).map(
    ([path, item]) => [path, readCaseArray(item, `${place}.${path}`, budget)] as const,
  );
  return { kind: "by-path", outputs: new Map(outputs) };
}

function readListedLayers(
  list: readonly JsonValue[],
  place: string,
  depth: number,
  budget: ValueBudget,
): readonly ListedLayer[] {
  if (depth > maxCaseDepth) return fail("too-large", `its layers nest deeper than ${maxCaseDepth}`);
  const layers = list.map((item, index): ListedLayer => {
    const itemPlace = `${place}[${index}]`;
    if (!isObject(item)) return fail("damaged", `${itemPlace} is not an object`);
    const name = ownString(item, "name");
    if (name === undefined) return fail("damaged", `${itemPlace} has no name`);
    const sample = ownValue(item, "sample0_output");
    const inner = ownValue(item, "layers");
    return {
      name,
      ...(sample === undefined || sample === null
        ? {}
        : { outputs: asOneSample(readCaseArray(sample, `${itemPlace}.sample0_output`, budget)) }),
      layers: Array.isArray(inner) ? readListedLayers(inner, `${itemPlace}.layers`, depth + 1, budget) : [],
    };
  });
  return layers.filter((_, index) => ownString(list[index] as JsonObject, "class_name") !== "InputLayer");
}

function asOneSample(array: CaseArray): CaseArray {
  return { ...array, shape: [1, ...array.shape] };
}
