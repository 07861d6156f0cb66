import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { importAndBuild, layerc } from "./support.ts";
import { writeTfjs } from "./tfjs-writer.ts";

type Config = Readonly<Record<string, unknown>>;

const layers = (units: number, activation: string) => [
  { class_name: "InputLayer", config: { name: "input_layer", batch_shape: [null, 2], dtype: "float32" } },
  { class_name: "Dense", config: { name: "dense", units, activation, use_bias: false } },
];

/** The files of a model with that many outputs that was compiled so. */
function filesOf(compiled: Config, units = 3, activation = "softmax") {
  const topology = {
    class_name: "Sequential",
    config: { name: "net", layers: layers(units, activation) },
    compile_config: compiled,
  };
  const data = Float32Array.from({ length: 2 * units }, (_, at) => at / 7);
  return writeTfjs(topology, [{ name: "dense/kernel", shape: [2, units], data }]);
}

function inOneLine(source: string): string {
  return source.trim().replaceAll(/\n\s*/g, " ").replaceAll("( ", "(").replaceAll(", )", ")");
}

/** What becomes of a configuration: the clause in one line, and the hints. */
async function imported(...given: Parameters<typeof filesOf>) {
  const { source, imported: said } = await importAndBuild(filesOf(...given), "tfjs");
  const line = /compile\(.*\)(?= \}$)/.exec(inOneLine(source))?.[0];
  const hints = [...said.stderr.matchAll(/^hint\[import-left-out\]: (.*)$/gm)].map(([, text]) => text);
  return { line, hints, source };
}

const object = (className: string, config: Config, module = "keras.optimizers"): Config => ({
  module,
  class_name: className,
  config,
  registered_name: null,
});

describe("what a file was compiled with", () => {
  test.each(["trained.keras", "trained.h5"])("of Keras 3, in %s", async (name) => {
    const file = new Uint8Array(readFileSync(new URL(`../fixtures/keras/training/xor_fit/${name}`, import.meta.url)));
    const { source } = await importAndBuild({ [name]: file }, name);
    expect(source).toContain(`
  compile(
    optimizer=adam(learning_rate=0.05),
    loss=binary_crossentropy,
    metrics=[accuracy],
  )
}
`);
  });

  test.each<readonly [string, Config, string]>([
    [
      "names",
      { optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["acc", "mse", "AUC"] },
      "compile(optimizer=rmsprop, loss=categorical_crossentropy, metrics=[accuracy, mean_squared_error, auc])",
    ],
    [
      "names of classes",
      { optimizer: "SGD", loss: "MeanSquaredError" },
      "compile(optimizer=sgd, loss=mean_squared_error)",
    ],
    [
      "objects with arguments",
      {
        optimizer: object("SGD", { name: "SGD", learning_rate: 0.05000000074505806, momentum: 0.9, nesterov: true }),
        loss: object(
          "CategoricalCrossentropy",
          {
            name: "categorical_crossentropy",
            reduction: "sum_over_batch_size",
            from_logits: false,
            label_smoothing: 0.1,
          },
          "keras.losses",
        ),
        metrics: [
          object(
            "TopKCategoricalAccuracy",
            { name: "top_k_categorical_accuracy_1", dtype: "float32", k: 2 },
            "keras.metrics",
          ),
        ],
      },
      "compile(optimizer=sgd(learning_rate=0.05, momentum=0.9, nesterov=true), loss=categorical_crossentropy(label_smoothing=0.1), metrics=[top_k_categorical_accuracy(2)])",
    ],
    [
      "a schedule",
      {
        optimizer: object("Adam", {
          learning_rate: object(
            "ExponentialDecay",
            {
              initial_learning_rate: 0.1,
              decay_steps: 100,
              decay_rate: 0.9,
              staircase: true,
              name: "ExponentialDecay",
            },
            "keras.optimizers.schedules",
          ),
        }),
        loss: "mse",
      },
      "compile(optimizer=adam(learning_rate=exponential_decay(0.1, 100, 0.9, staircase=true)), loss=mean_squared_error)",
    ],
    [
      "functions, lists and dictionaries of the one output",
      {
        optimizer: "adam",
        loss: [{ module: "builtins", class_name: "function", config: "mean_absolute_error", registered_name: "x" }],
        metrics: { dense: ["mse"] },
      },
      "compile(optimizer=adam, loss=mean_absolute_error, metrics=[mean_squared_error])",
    ],
  ])("with %s", async (_, compiled, expected) => {
    const { line, hints } = await imported(compiled);
    expect({ line, hints }).toEqual({ line: expected, hints: [] });
  });

  test.each(optimizers)("with every number that $className takes", async ({ className, identifier, parameters }) => {
    const numbers = parameters.flatMap(({ name, default: preset }) =>
      typeof preset === "number" ? [[name, preset === 0 ? 0.25 : preset / 2] as const] : [],
    );
    const { line, hints } = await imported({ optimizer: object(className, Object.fromEntries(numbers)), loss: "mse" });
    const args = numbers.map(([name, value]) => `${name}=${value}`).join(", ");
    expect({ line, hints }).toEqual({
      line: `compile(optimizer=${identifier}(${args}), loss=mean_squared_error)`,
      hints: [],
    });
  });

  test.each<readonly [string, string, Config, string, readonly string[]]>([
    [
      "Keras 2",
      "SGD",
      { lr: 0.009999999776482582, decay: 9.999999974752427e-7, momentum: 0.9 },
      "sgd(learning_rate=inverse_time_decay(0.01, 1, 0.000001), momentum=0.9)",
      [],
    ],
    [
      "Keras 2, with its own rate",
      "Adam",
      { decay: 0.01 },
      "adam(learning_rate=inverse_time_decay(0.001, 1, 0.01))",
      [],
    ],
    [
      "TensorFlow.js",
      "Adamax",
      { learningRate: 0.02, decay: 0.5 },
      "adamax(learning_rate=inverse_time_decay(0.02, 1, 0.5))",
      [],
    ],
    ["0", "SGD", { learning_rate: 0.5, decay: 0 }, "sgd(learning_rate=0.5)", []],
    ["something else", "SGD", { decay: "a lot" }, "sgd", ['decay="a lot" of sgd is left out']],
    [
      "a schedule",
      "SGD",
      {
        decay: 0.1,
        learning_rate: object("InverseTimeDecay", { initial_learning_rate: 1, decay_steps: 9, decay_rate: 2 }),
      },
      "sgd(learning_rate=inverse_time_decay(1, 9, 2))",
      ["decay=0.1 of sgd is left out"],
    ],
  ])("has the decay of %s as a schedule, if it is one", async (_, className, config, optimizer, hints) => {
    const made = await imported({ optimizer: { class_name: className, config }, loss: "mse" });
    expect({ line: made.line, hints: made.hints }).toEqual({
      line: `compile(optimizer=${optimizer}, loss=mean_squared_error)`,
      hints,
    });
  });

  test("of tf.keras and of TensorFlow.js", async () => {
    const tf = {
      optimizer_config: { class_name: "Adam", config: { lr: 0.001, decay: 0.0, jit_compile: false, epsilon: 1e-7 } },
      loss: { class_name: "CategoricalCrossentropy", config: { reduction: "auto", from_logits: false } },
      metrics: [[{ class_name: "MeanMetricWrapper", config: { name: "accuracy", fn: "categorical_accuracy" } }]],
      loss_weights: null,
    };
    const js = {
      optimizer_config: {
        class_name: "RMSProp",
        config: { learningRate: 0.01, decay: 0.8, momentum: 0, epsilon: null },
      },
      loss: "categoricalCrossentropy",
      metrics: ["acc"],
    };
    const registered = {
      optimizer_config: {
        class_name: "Custom>Adam",
        config: {
          name: "Adam",
          weight_decay: null,
          use_ema: false,
          ema_momentum: 0.99,
          jit_compile: true,
          is_legacy_optimizer: false,
          learning_rate: 0.019999999552965164,
        },
      },
      loss: "categorical_crossentropy",
    };
    for (const [compiled, expected] of [
      [registered, "compile(optimizer=adam(learning_rate=0.02), loss=categorical_crossentropy)"],
      [tf, "compile(optimizer=adam, loss=categorical_crossentropy, metrics=[accuracy])"],
      [
        js,
        "compile(optimizer=rmsprop(learning_rate=0.01, rho=0.8), loss=categorical_crossentropy, metrics=[accuracy])",
      ],
    ] as const) {
      const files = filesOf({}, 3);
      const { modelTopology, ...rest } = JSON.parse(String(files["tfjs/model.json"]));
      const text = JSON.stringify({ ...rest, modelTopology: { ...modelTopology, training_config: compiled } });
      const { source } = await importAndBuild({ ...files, "tfjs/model.json": text }, "tfjs");
      expect(inOneLine(source)).toContain(expected);
    }
  });

  test.each<readonly [string, Config, readonly string[]]>([
    [
      "a loss of the author's",
      { optimizer: "adam", loss: { module: "builtins", class_name: "function", config: "my_loss" } },
      ["How the model was compiled is left out, for its loss 'my_loss' is none of layerc"],
    ],
    ["no loss", { optimizer: "adam", loss: null }, ["How the model was compiled is left out, for it has no loss"]],
    [
      "an optimizer that layerc lacks",
      { optimizer: object("Muon", {}), loss: "mse" },
      ["How the model was compiled is left out, for its optimizer 'Muon' is none of layerc"],
    ],
    [
      "an optimizer that an author has registered",
      { optimizer_config: { class_name: "Custom>Sophia", config: {} }, loss: "mse" },
      ["How the model was compiled is left out, for its optimizer 'Custom>Sophia' is none of layerc"],
    ],
    [
      "a loss that an author has registered",
      { optimizer: "adam", loss: { class_name: "Custom>Huber", config: {} } },
      ["How the model was compiled is left out, for its loss 'Custom>Huber' is none of layerc"],
    ],
    [
      "an optimizer of the author's that is called like Keras'",
      { optimizer: { ...object("Adam", {}, "mine"), registered_name: "mine>Adam" }, loss: "mse" },
      ["How the model was compiled is left out, for its optimizer 'Adam' is none of layerc"],
    ],
  ])("is left out with %s", async (_, compiled, expected) => {
    const { line, hints, source } = await imported(compiled);
    expect({ line, hints }).toEqual({ line: undefined, hints: expected });
    expect(source).toContain(`// ${expected[0]}.\nmodel Net {`);
  });

  test("leaves out what the clause can't say, with a comment", async () => {
    const { line, hints, source } = await imported({
      optimizer: object("Adam", { learning_rate: 0.01, boost: 0.001, amsgrad: "yes" }),
      loss: "categorical_crossentropy",
      loss_weights: [2],
      metrics: ["accuracy", object("Accuracy", {}, "keras.metrics"), { class_name: "mine>Own", config: {} }],
      weighted_metrics: ["mse"],
    });
    expect(line).toBe("compile(optimizer=adam(learning_rate=0.01), loss=categorical_crossentropy, metrics=[accuracy])");
    expect(hints).toEqual([
      'amsgrad="yes" of adam is left out',
      "boost=0.001 of adam is left out",
      "The metric 'Accuracy' is left out, for it is none of layerc",
      "The metric 'mine>Own' is left out, for it is none of layerc",
      "The weighted_metrics are left out: metrics are measured without the weights of samples",
      "The loss_weights are left out: a model has one output",
    ]);
    expect(source).toContain('  // amsgrad="yes" of adam is left out.\n  // boost=0.001 of adam is left out.\n');
  });

  test("tells the names of metrics that are not Keras' own", async () => {
    const metric = (className: string, name: string) => object(className, { name }, "keras.metrics");
    const { line, hints } = await imported({
      optimizer: "adam",
      loss: "categorical_crossentropy",
      metrics: [
        metric("AUC", "area"),
        metric("KLDivergence", "kullback_leibler_divergence"),
        metric("LogCoshError", "logcosh_2"),
        metric("F1Score", "f1_score"),
        metric("R2Score", "r2_score_1"),
        { class_name: "MeanMetricWrapper", config: { name: "mse", fn: "mean_squared_error" } },
        { class_name: "MeanMetricWrapper", config: { name: "deviation", fn: "mean_absolute_error" } },
      ],
    });
    expect(line).toContain(
      "metrics=[ auc, kl_divergence, log_cosh_error, f1_score, r2_score, mean_squared_error, mean_absolute_error, ]",
    );
    expect(hints).toEqual([
      'The name "area" of auc is left out: metrics are called what they are',
      'The name "deviation" of mean_absolute_error is left out: metrics are called what they are',
    ]);
  });

  test("says nothing of the names that Keras gives to metrics", async () => {
    // Of sides of 0, which a softmax does not have: the model that comes of it has a warning.
    const fitting = metrics.filter(({ identifier }) => !["hinge", "squared_hinge"].includes(identifier));
    const measured = fitting.map(({ className, identifier, parameters }) => {
      const needed = parameters.filter((one) => one.default === undefined).map(({ name }) => [name, 0.5]);
      return object(className, { ...Object.fromEntries(needed), name: identifier }, "keras.metrics");
    });
    const { hints } = await imported({ optimizer: "adam", loss: "mse", metrics: measured }, 6);
    expect(hints.filter((hint) => hint?.startsWith("The name"))).toEqual([]);
  });

  test("leaves out what does not fit the output, so that the file is right", async () => {
    const one = await imported({ optimizer: "adam", loss: "categorical_crossentropy" }, 1, "sigmoid");
    expect(one.line).toBe(undefined);
    expect(one.hints).toEqual([
      "How the model was compiled is left out: categorical_crossentropy tells classes apart, but the output [1] has one value",
    ]);
    const other = await imported({ optimizer: "adam", loss: "mse", metrics: ["sparse_categorical_accuracy", "mae"] });
    expect(other.line).toBe("compile(optimizer=adam, loss=mean_squared_error, metrics=[mean_absolute_error])");
    expect(other.hints).toEqual([
      "A metric is left out: sparse_categorical_accuracy takes labels as targets, but mean_squared_error takes numbers",
    ]);
  });

  test("says nothing of a part of the model", async () => {
    const sandbox = makeSandbox(filesOf({ optimizer: "adam", loss: "mse" }));
    const { exitCode } = await layerc(sandbox, "import", "tfjs", "--out-dir", "out", "--output", "dense");
    expect(exitCode).toBe(0);
    expect(String(sandbox.contents()["out/net.layers"])).not.toContain("compile");
  });

  test.each([null, 3, "adam", [[1]], {}, { optimizer: 3, loss: [[[[[]]]]] }, { optimizer: {}, loss: {} }])(
    "is nothing that breaks an import, whatever it is: %j",
    async (compiled) => {
      const { line } = await imported(compiled as unknown as Config);
      expect(line).toBe(undefined);
    },
  );
});
