import { compile } from "../../../src/compile.ts";
import type { Model } from "../../../src/check/model.ts";
import { make } from "../../random/nd.ts";
import { weightTree } from "../../random/instantiate.ts";
import { withoutLayout } from "../../support/prettier.ts";
import { evaluate } from "../formulas/evaluate.ts";
import { layersOfModel, shapeSizes } from "../formulas/layers-of-model.ts";
import type { FuzzInput } from "../inputs.ts";
import type { Random } from "../random.ts";
import { modelsOf } from "./models-of.ts";
import { sampleArrays } from "./sample-values.ts";

/** What `selfTest()` of a module says. */
export interface Verdict {
  readonly passed: boolean;
  readonly tolerance: number;
  readonly maxError: number;
}

/** Gives the verdict of a built module on the model with these weights. */
export type SelfTestOf = (text: string, weights: object | undefined, name: string) => Verdict;

/** Whether the self-test of a module says what comes of its cases by formulas. */
export async function judgeSelfTest(
  { files }: Pick<FuzzInput, "files">,
  random: Random,
  counts: Record<string, number>,
  selfTestOf: SelfTestOf = runSelfTest,
): Promise<string | undefined> {
  const [found] = await modelsOf("m.layers", files);
  if (found === undefined) return undefined;
  const { model } = found;
  const cases = readCases(files["c.json"] as string, model);
  if (cases === undefined) return void (counts["cases: not judged"] = (counts["cases: not judged"] ?? 0) + 1);
  const selfTest = { path: "c.json", content: new TextEncoder().encode(files["c.json"] as string) };
  const source = { path: "m.layers", text: files["m.layers"] as string };
  const built = await withoutLayout(() => compile(source, { emit: "js", selfTest }));
  const arrays = sampleArrays(model, random);
  const weights = arrays.size === 0 ? undefined : weightTree(model, arrays);
  const text = built.files.find(({ name }) => name.endsWith(".js"))?.content;
  if (typeof text !== "string") return "it builds in one way and not in the other";
  const verdict = selfTestOf(text, weights, model.name);
  const layers = layersOfModel(model, arrays, {});
  const shape = shapeSizes(model.inputShape, {});
  const errors = cases.map(({ input, output }) => {
    let place = 0;
    const computed = evaluate(
      layers,
      make(shape, () => Math.fround(input[place++] as number)),
      random,
    ).output.data;
    return Math.max(...output.map((wanted, at) => errorOf(Math.fround(computed[at] as number), Math.fround(wanted))));
  });
  const expected = Math.max(0, ...errors);
  counts[`cases: ${verdict.passed ? "passed" : "failed"}`] =
    (counts[`cases: ${verdict.passed ? "passed" : "failed"}`] ?? 0) + 1;
  const isNear = verdict.maxError === expected || Math.abs(verdict.maxError - expected) <= 1e-6 * Math.max(1, expected);
  if (!isNear) return `selfTest says that the error is ${verdict.maxError}, expected ${expected}`;
  if (verdict.passed === verdict.maxError <= verdict.tolerance) return undefined;
  return `selfTest says ${JSON.stringify(verdict)}`;
}

function errorOf(computed: number, wanted: number): number {
  if (Object.is(computed, wanted) || computed === wanted) return 0;
  const error = Math.abs(computed - wanted) / Math.max(1, Math.abs(wanted));
  return Number.isNaN(error) ? Infinity : error;
}

const runSelfTest: SelfTestOf = (text, weights, name) => {
  const made = weights === undefined ? "undefined" : `create${name}(weights)`;
  const body = `${text.replace(/^export /gm, "")}\nreturn selfTest(${made});`;
  return new Function("weights", body)(weights) as Verdict;
};

interface Case {
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/** Cases in plain lists, one a sample; undefined where they are written otherwise. */
function readCases(text: string, model: Model): readonly Case[] | undefined {
  let content: { readonly inputs?: unknown; readonly outputs?: unknown };
  try {
    content = JSON.parse(text) as typeof content;
  } catch {
    return undefined;
  }
  if (content === null || typeof content !== "object" || "models" in content || "outputs_float64" in content)
    return undefined;
  const rows = (list: unknown, length: number): readonly (readonly number[])[] | undefined => {
    if (!Array.isArray(list)) return undefined;
    const all = list as readonly unknown[];
    const isPlain = all.every(
      (row) => Array.isArray(row) && row.length === length && row.every((value) => typeof value === "number"),
    );
    return isPlain ? (all as readonly number[][]) : undefined;
  };
  const sizeOf = (shape: Model["inputShape"]): number =>
    shapeSizes(shape, {}).reduce((product, axis) => product * axis, 1);
  const inputs = rows(content.inputs, sizeOf(model.inputShape));
  const outputs = rows(content.outputs, sizeOf(model.outputShape));
  if (inputs === undefined || outputs === undefined || inputs.length !== outputs.length) return undefined;
  if (inputs.length > 32) return undefined;
  return inputs.map((input, sample) => ({ input, output: outputs[sample] as readonly number[] }));
}
