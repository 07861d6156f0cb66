import type { Model } from "../../check/model.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { costs } from "../../passes/costs.ts";
import type { Analysis } from "../analysis.ts";

/**
 * How long a call of a model is expected to take on each target, in words: `about 66 ns in TypeScript, 43 ns in WebAssembly`.
 * Undefined for a model that is not there, or has errors. It is lowered for that, so whoever shows it asks for it last.
 */
export async function modelTime({ result, weights }: Analysis, name: string): Promise<string | undefined> {
  const model = result.models.find((each) => each.name === name);
  if (model === undefined) return undefined;
  const arrays = weights.get(model);
  const before = known.get(model);
  if (before !== undefined && before.arrays === arrays) return before.text;
  const text = describe(model, arrays);
  known.set(model, { arrays, text });
  return text;
}

/** What was worked out for models that edits leave alone. */
const known = new WeakMap<Model, { readonly arrays: WeightArrays | undefined; readonly text: Promise<string> }>();

async function describe(model: Model, arrays: WeightArrays | undefined): Promise<string> {
  const [{ bindModel }, { lowerModel }, { expectedTimes }] = await Promise.all([
    import("../../stages/bind-model.ts"),
    import("../../stages/lower-model.ts"),
    import("../../stages/expected-times.ts"),
  ]);
  const times = await expectedTimes(lowerModel(bindModel(model, arrays, "inline")));
  const each = times.map(({ title, time }) => `${formatTime(time.best)} in ${title}`).join(", ");
  const sizes = model.dims.map((dim) => `${dim}=${costs.dim}`).join(", ");
  return `about ${each}${sizes === "" ? "" : ` for ${sizes}`}`;
}

/** Two digits: `66 ns`, `4.2 µs`, `390 µs`. */
function formatTime(nanoseconds: number): string {
  const rounded = Number(nanoseconds.toPrecision(2));
  const [unit, scale] =
    rounded < 1000 ? ["ns", 1] : rounded < 1e6 ? ["µs", 1e3] : rounded < 1e9 ? ["ms", 1e6] : ["s", 1e9];
  return `${Number((rounded / (scale as number)).toPrecision(2))} ${unit as string}`;
}
