import { expect, test } from "vitest";
import { compileCode } from "../targets/support/compile-text.ts";
import { createModel, runModule } from "../targets/support/run-module.ts";
import { layersText, missing, readJson, values, worstError, type FixtureArray, type KerasModel } from "./keras-case.ts";

interface LossCase {
  readonly keras_config: KerasModel;
  /** By `sequential/dense/kernel`. */
  readonly weights: Readonly<Record<string, FixtureArray>>;
  readonly inputs: FixtureArray;
  readonly outputs: FixtureArray;
}

const cases = readJson<{ model_losses: readonly LossCase[] }>("regularizers.json").model_losses;

test("there are models with regularizers", () => expect(cases.length).toBe(3));

test.each(cases.map((recorded, at) => [at, recorded] as const))(
  "regularizers leave the forward pass alone: model %i",
  async (_, recorded) => {
    expect(missing(recorded.keras_config)).toBeUndefined();
    const source = layersText(recorded.keras_config, {});
    expect(source).toMatch(/regularizer=l1|regularizer=L1|regularizer=L2/);
    const { text } = await compileCode(source, { emit: "js" });
    const weights: Record<string, Record<string, Float32Array>> = {};
    for (const [path, array] of Object.entries(recorded.weights)) {
      const [, layer = "", name = ""] = path.split("/");
      (weights[layer] ??= {})[name] = Float32Array.from(values(array));
    }
    const outputs = createModel(await runModule(text), "Net", weights).forwardBatch(values(recorded.inputs));
    expect(worstError(outputs, values(recorded.outputs))).toBeLessThanOrEqual(1);
  },
);
