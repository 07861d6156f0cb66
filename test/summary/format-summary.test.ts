import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dimSize, multiplySizes, staticSize } from "../../src/ir/size.ts";
import { summaryJson } from "../../src/summary/summary-json.ts";
import { summaryMarkdown } from "../../src/summary/summary-markdown.ts";
import { checkedModel } from "../check/check-text.ts";
import { formatSummary } from "../../src/summary/format-summary.ts";
import { compiledWith, recordFromConfig, type KerasConfig } from "./keras-config.ts";
import { modelFromRecord, type RecordedLayer } from "./keras-model.ts";

const fixtures = new URL("../fixtures/keras/", import.meta.url);

/** Not of our making: a fixed batch size, unbuilt layers, float64, a column Layers has no use for. */
const inapplicable = new Set(["show_trainable", "unbuilt", "fixed_batch", "float64_model"]);

interface SummaryCase {
  readonly name: string;
  readonly columns: number;
  readonly args: { readonly line_length?: number; readonly expand_nested?: boolean };
  readonly keras_config: KerasConfig | null;
  readonly text: string;
}

const summaries = JSON.parse(readFileSync(new URL("summaries.json", fixtures), "utf8")) as {
  readonly cases: readonly SummaryCase[];
};

describe("formatSummary prints what Keras prints", () => {
  const cases = summaries.cases.filter(({ name }) => !inapplicable.has(name));
  test("most recorded cases apply", () => expect(cases.length).toBeGreaterThanOrEqual(10));

  test.each(cases.map((one) => [one.name, one] as const))("%s", (_, recorded) => {
    const model =
      recorded.keras_config === null
        ? modelFromRecord("empty", [])
        : {
            ...modelFromRecord(recorded.keras_config.config.name, recordFromConfig(recorded.keras_config).layers ?? []),
            ...compiledWith(recorded.keras_config),
          };
    const { line_length: lineLength, expand_nested: expandNested = false } = recorded.args;
    const width = lineLength === undefined ? recorded.columns : lineLength + 4;
    // A batch of a fixed size is one of any size here.
    const text = recorded.text.replace("(8, 2)   ", "(None, 2)");
    expect(formatSummary(model, { width, expandNested })).toBe(text);
  });
});

describe("formatSummary prints the recorded models", () => {
  const names = readdirSync(new URL("models/", fixtures)).filter((name) => !inapplicable.has(name));
  const cases = names.flatMap((name) => {
    const path = new URL(`models/${name}/case.json`, fixtures);
    const recorded = JSON.parse(readFileSync(path, "utf8")) as {
      readonly summary?: string | null;
      readonly layers: readonly RecordedLayer[];
      readonly keras_config: KerasConfig;
    };
    // The record lacks the optimizer, which its name tells.
    const { compile_config: compiled, ...config } = recorded.keras_config;
    const trained = compiled === undefined ? {} : { compile_config: { optimizer: "adam", ...compiled } };
    const { layers, summary } = recorded;
    return typeof summary === "string" ? [[name, layers, summary, { ...config, ...trained }] as const] : [];
  });
  test("most recorded models have a summary", () => expect(cases.length).toBeGreaterThanOrEqual(20));

  test.each(cases)("%s", (_, layers, summary, config) => {
    const name = /^Model: "(.*)"$/m.exec(summary)?.[1] as string;
    expect(formatSummary({ ...modelFromRecord(name, layers), ...compiledWith(config) })).toBe(summary);
  });
});

describe("the optimizer's own numbers", () => {
  // Keras' variables of each: iterations, the learning rate, and its arrays beside 8 trained numbers.
  test.each([
    ["sgd", 2],
    ["sgd(momentum=0.9)", 10],
    ["rmsprop", 10],
    ["rmsprop(momentum=0.1, centered=true)", 26],
    ["adam", 18],
    ["adam(amsgrad=true)", 26],
    ["adam(use_ema=true)", 26],
    ["adam(cosine_decay(0.1, 10))", 17],
    ["adamw(weight_decay=0.1, clipnorm=1)", 18],
    ["adagrad", 10],
    ["adadelta", 18],
    ["adamax", 18],
    ["nadam", 19],
    ["ftrl", 18],
    ["lion", 10],
    ["lamb", 18],
  ])("of %s are %i", async (optimizer, expected) => {
    const layers = "Dense(2) Dense(2, trainable=false)";
    const model = await checkedModel(`model M { input [3] ${layers} compile(${optimizer}, mse) }`);
    expect(formatSummary(model)).toContain(
      ` Total params: ${14 + expected} (${(14 + expected) * 4}.00 B)\n Trainable params: 8 (32.00 B)\n Non-trainable params: 6 (24.00 B)\n Optimizer params: ${expected} (`,
    );
    expect(summaryJson(model).parameters).toEqual({ total: 14, trainable: 8, nonTrainable: 6, optimizer: expected });
    expect(summaryMarkdown(model)).toContain(
      `14 parameters (56.00 B), 8 of them trainable; the optimizer keeps ${expected} numbers.`,
    );
  });

  test("are not told without a clause", async () => {
    const model = await checkedModel("model M { input [3] Dense(2) }");
    expect(formatSummary(model)).not.toContain("Optimizer");
    expect(summaryJson(model).parameters).toEqual({ total: 8, trainable: 8, nonTrainable: 0 });
  });
});

describe("what Keras has no name for", () => {
  const dense = (name: string): RecordedLayer => ({ name, class_name: "Dense", output_shape: [null, 4], weights: [] });

  test("run-time axes show their dim", () => {
    const model = modelFromRecord("M", [dense("dense")]);
    const time = dimSize("time");
    const outputShape = [time, multiplySizes(staticSize(16), time), staticSize(4)];
    const table = formatSummary({ ...model, layers: model.layers.map((layer) => ({ ...layer, outputShape })) });
    expect(table).toContain("│ dense (Dense)                   │ (None, time, 16*time,  │             0 │");
    expect(table).toContain("│                                 │ 4)                     │               │");
  });

  test("rank 0 is a one-element tuple", () => {
    const model = modelFromRecord("M", [{ ...dense("dense"), output_shape: [null] }]);
    expect(formatSummary(model)).toContain("│ (None,)                │");
  });

  test("hostile and wide names neither break the table nor reach the terminal as codes", () => {
    const table = formatSummary(
      modelFromRecord("M", [dense("日本語の層"), dense("\u001b[2Jx\n"), dense("長".repeat(40))]),
    );
    expect(table).toContain("│ 日本語の層 (Dense)              │");
    expect(table).toContain("│ ␛[2Jx␊ (Dense)                  │");
    expect(table).toContain(`│ ${"長".repeat(15)}… │`);
  });

  test.each([0, 1, 20, 40, Number.MAX_SAFE_INTEGER])("width %d still gives a table", (width) => {
    const lines = formatSummary(modelFromRecord("M", [dense("dense")]), { width })
      .split("\n")
      .slice(1, -4);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
