import { describe, expect, test } from "vitest";
import { applyFix } from "../../src/diagnostics/apply-fix.ts";
import type { Fix } from "../../src/diagnostics/diagnostic.ts";
import { compile } from "../../src/compile.ts";
import type { KerasObjectDefinition } from "../../src/layers/keras-objects/definition.ts";
import { losses } from "../../src/training/losses/index.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { schedules } from "../../src/training/schedules/index.ts";
import { checkedModel, checkText } from "./check-text.ts";

/** What a clause comes to behind a model with three outputs. */
async function read(clause: string, before = "") {
  const model = await checkedModel(`${before} model M { input [4] Dense(3) ${clause} }`);
  const { optimizer, loss, metrics: measured, span } = model.compile ?? {};
  return {
    optimizer: [optimizer?.definition.identifier, optimizer?.config] as const,
    loss: [loss?.definition.identifier, loss?.config] as const,
    metrics: measured?.map(({ definition, config }) => [definition.identifier, config] as const),
    span,
  };
}

const { default: rmspropRate } = optimizers.find(({ identifier }) => identifier === "rmsprop")?.parameters[0] ?? {};

describe("the clause compile", () => {
  test("gives what it names with all arguments, in Keras' order", async () => {
    const text =
      "compile(optimizer=adam(learning_rate=0.01), loss=huber(delta=2), metrics=[mae, top_k_categorical_accuracy(k=2)])";
    const { optimizer, loss, metrics: measured, span } = await read(text);
    expect(optimizer[0]).toBe("adam");
    expect(Object.keys(optimizer[1] ?? {}).slice(0, 5)).toEqual([
      "learning_rate",
      "beta_1",
      "beta_2",
      "epsilon",
      "amsgrad",
    ]);
    expect(optimizer[1]).toMatchObject({ learning_rate: 0.01, beta_1: 0.9, amsgrad: false, clipnorm: null });
    expect(loss).toEqual(["huber", { delta: 2, reduction: "sum_over_batch_size" }]);
    expect(measured).toEqual([
      ["mean_absolute_error", {}],
      ["top_k_categorical_accuracy", { k: 2 }],
    ]);
    expect(span?.end === undefined ? 0 : span.end - span.start).toBe(text.length);
  });

  test("has Keras' defaults", async () => {
    const { optimizer, metrics: measured } = await read("compile(loss=mse)");
    expect(optimizer[0]).toBe("rmsprop");
    expect(optimizer[1]).toMatchObject({ learning_rate: rmspropRate });
    expect(measured).toEqual([]);
  });

  test.each([
    "compile(adam(1e-3), mse, metrics=[mae])",
    "compile(adam(learning_rate=0.001), mean_squared_error(), metrics=[mean_absolute_error])",
    "compile(Adam(1e-3), MeanSquaredError, metrics=[MeanAbsoluteError()])",
    "compile(loss=MSE, metrics=[MAE,], optimizer=adam,)",
  ])("can be written as %s", async (clause) => {
    const { optimizer, loss, metrics: measured } = await read(clause);
    expect([optimizer[0], loss[0], measured?.map(([identifier]) => identifier)]).toEqual([
      "adam",
      "mean_squared_error",
      ["mean_absolute_error"],
    ]);
    expect(optimizer[1]).toMatchObject({ learning_rate: 0.001 });
  });

  test("takes a schedule for the learning rate, and values behind names", async () => {
    const { optimizer, metrics: measured } = await read(
      "compile(optimizer=sgd(rate, momentum=0.9), loss=mse, metrics=measured)",
      "let rate = exponential_decay(0.1, 100, 0.9) let measured = [mae]",
    );
    expect(optimizer[1]).toMatchObject({
      learning_rate: {
        kind: "schedule",
        className: "ExponentialDecay",
        config: { initial_learning_rate: 0.1, decay_steps: 100, decay_rate: 0.9, staircase: false },
      },
    });
    expect(measured?.map(([identifier]) => identifier)).toEqual(["mean_absolute_error"]);
  });

  test("leaves the names of training to a file that declares them", async () => {
    const { models, diagnostics } = await checkText(
      "let precision = 3 let adam = 4 model M { input [4] Dense(precision) Dense(adam) compile(sgd, mse) }",
    );
    expect(diagnostics).toEqual([]);
    expect(models[0]?.compile?.optimizer.definition.identifier).toBe("sgd");
  });

  test("may stand before the layers and the input", async () => {
    const model = await checkedModel("model M { compile(sgd, mse) input [4] Dense(1) }");
    expect(model.compile?.loss.definition.identifier).toBe("mean_squared_error");
  });

  test("has no part in a model that nests its own", async () => {
    const inner = "model Encoder { input [4] Dense(2) compile(sgd, mse) }";
    const { models, diagnostics } = await checkText(`${inner} model M { input [4] Encoder Dense(1) }`);
    expect(diagnostics).toEqual([]);
    expect(models.map(({ compile: own }) => own === undefined)).toEqual([false, true]);
  });

  test("changes nothing of the forward function", async () => {
    const text = (clause: string) => `model M { input [4] Dense(3, tanh) Dense(1) ${clause} }`;
    const [plain, trained] = await Promise.all(
      ["", "compile(sgd, mse)"].map((clause) => compile({ path: "m.layers", text: text(clause) })),
    );
    expect(trained?.files.map(({ content }) => content)).toEqual(plain?.files.map(({ content }) => content));
    expect(plain?.files.length).toBeGreaterThan(0);
  });

  test("takes every optimizer, loss and metric by its name, its class and its aliases", async () => {
    const written = ({ identifier, className, aliases = [], parameters }: KerasObjectDefinition): readonly string[] => {
      // Their one argument without a default is a number.
      const args = parameters.some((one) => one.default === undefined) ? "(0.5)" : "";
      return [identifier, className, ...aliases].map((word) => `${word}${args}`);
    };
    const clauses = [
      ...optimizers.flatMap((each) => written(each).map((word) => [each, `${word}, mse`] as const)),
      ...losses.flatMap((each) => written(each).map((word) => [each, `adam, ${word}`] as const)),
      ...metrics.flatMap((each) => {
        const loss = `${each.targets === "labels" ? "sparse_" : ""}categorical_crossentropy`;
        return written(each).map((word) => [each, `adam, ${loss}, metrics=[${word}]`] as const);
      }),
    ];
    for (const [definition, args] of clauses) {
      const { models, diagnostics } = await checkText(`model M { input [4] Dense(3, softmax) compile(${args}) }`);
      expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
      const { optimizer, loss, metrics: [metric] = [] } = models[0]?.compile ?? {};
      expect(
        [optimizer, loss, metric].map((each) => each?.definition),
        args,
      ).toContain(definition);
    }
  });

  test.each([
    ["sgd(decay=1e-4)", "inverse_time_decay(0.01, 1, 0.0001)"],
    ["adam(0.5, decay=0.1)", "inverse_time_decay(0.5, 1, 0.1)"],
    ["adam(decay=none, learning_rate=exponential_decay(1, 2, 3))", "inverse_time_decay(rate, 1, decay)"],
  ])("tells what the decay of Keras 2 is: %s", async (optimizer, schedule) => {
    const { diagnostics } = await checkText(`model M { input [4] Dense(1) compile(${optimizer}, mse) }`);
    expect(diagnostics.map(({ code, help, fix }) => [code, help, fix])).toEqual([
      ["unknown-argument", `write learning_rate=${schedule}, which is what 'decay' was in Keras 2`, undefined],
    ]);
  });

  test("takes every schedule by its name and its class", async () => {
    for (const { identifier, className, parameters } of schedules) {
      const args = parameters.some(({ name }) => name === "boundaries") ? "[10], [0.1, 0.01]" : "0.1, 10, 0.9";
      for (const word of [identifier, className]) {
        const { optimizer } = await read(`compile(adam(${word}(${args})), mse)`);
        expect(optimizer[1]?.["learning_rate"], word).toMatchObject({ identifier });
      }
    }
  });

  test("tells where values are wrong that several lines hold", async () => {
    const { diagnostics } = await checkText(
      "let rate = -1\nmodel M {\n  input [4]\n  Dense(1)\n  compile(\n    sgd(rate),\n    loss=msee,\n    metrics=[3],\n  )\n}",
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["argument-range", "unknown-keyword", "argument-type"]);
  });

  test("is not asked for arguments that a syntax error may hide", async () => {
    const { diagnostics } = await checkText("model M { input [4] Dense(1) compile(adam, =mse) }");
    expect(diagnostics.map(({ code }) => code)).toEqual(["unexpected-token"]);
  });
});

describe("what fits", () => {
  test.each([
    ["Dense(1, sigmoid)", "binary_crossentropy, metrics=[accuracy, auc, precision]"],
    [
      "Dense(1)",
      "binary_crossentropy(from_logits=true), metrics=[binary_accuracy(threshold=0), auc(from_logits=true)]",
    ],
    [
      "Dense(3, softmax)",
      "sparse_categorical_crossentropy, metrics=[accuracy, sparse_top_k_categorical_accuracy(k=2)]",
    ],
    ["Dense(3, softmax) Dropout(0.1)", "categorical_crossentropy, metrics=[categorical_accuracy, precision]"],
    ["Dense(3) Softmax()", "categorical_crossentropy"],
    ["Dense(3)", "categorical_crossentropy(from_logits=true), metrics=[accuracy]"],
    ["Dense(3, sigmoid)", "binary_focal_crossentropy, metrics=[binary_accuracy]"],
    ["Dense(3, exponential)", "categorical_crossentropy"],
    ["Dense(3, log_softmax)", "categorical_crossentropy(from_logits=true)"],
    ["Dense(3) BatchNormalization()", "categorical_crossentropy"],
    ["Dense(3) Reshape([3, 1])", "categorical_crossentropy(axis=1)"],
    ["Dense(1)", "mse, metrics=[mae, r2_score]"],
    ["Dense(1, sigmoid)", "mse, metrics=[accuracy]"],
    ["Dense(1, tanh)", "hinge, metrics=[binary_accuracy(threshold=0)]"],
    ["Dense(3, tanh)", "squared_hinge, metrics=[accuracy]"],
    ["Dense(3, softmax)", "categorical_hinge"],
    ["Dense(1, softplus)", "poisson, metrics=[poisson]"],
    ["Dense(1) ReLU(max_value=6)", "poisson"],
    ["Dense(1, relu(threshold=1))", "poisson"],
    ["Dense(1, threshold(0, 0))", "poisson"],
    ["Dense(1)", "msle"],
    ["Reshape([2, 2]) Dense(3) Softmax(axis=1)", "categorical_crossentropy(axis=1)"],
    ["Reshape([2, 2]) Dense(3) Softmax(axis=1)", "mse"],
    ["Dense(2, trainable=false) BatchNormalization()", "mse"],
    ["Dense(3, sigmoid)", "bce, metrics=[precision(class_id=0), precision(class_id=1)]"],
    ["Reshape([2, 2]) Dense(1, sigmoid)", "bce, metrics=[accuracy]"],
    ["Reshape([2, 2]) TimeDistributed(Dense(3, activation=softmax))", "sparse_categorical_crossentropy"],
  ])("%s and %s", async (layers, args) => {
    const { diagnostics } = await checkText(`model M { input [4] ${layers} compile(adam, ${args}) }`);
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
  });

  test("sizes known only at run time", async () => {
    const { diagnostics } = await checkText(
      "dim time model M { input [time, 4] Dense(3, softmax) compile(adam, sparse_categorical_crossentropy) }",
    );
    expect(diagnostics).toEqual([]);
  });

  test.each([
    ["Dense(1, sigmoid)", "categorical_crossentropy()", "binary_crossentropy()"],
    ["Dense(3)", "categorical_crossentropy", "categorical_crossentropy(from_logits=true)"],
    ["Dense(3)", "categorical_crossentropy()", "categorical_crossentropy(from_logits=true)"],
    [
      "Dense(3)",
      "sparse_categorical_crossentropy(reduction=sum)",
      "sparse_categorical_crossentropy(reduction=sum, from_logits=true)",
    ],
    ["Dense(3)", "categorical_crossentropy(false)", "categorical_crossentropy(true)"],
    ["Dense(3, softmax)", "categorical_crossentropy(from_logits=true)", "categorical_crossentropy()"],
    ["Dense(3, softmax)", "categorical_crossentropy(from_logits=true, axis=1)", "categorical_crossentropy(axis=1)"],
    ["Dense(3, softmax)", "categorical_crossentropy(axis=1, from_logits=true)", "categorical_crossentropy(axis=1)"],
    [
      "Dense(3, softmax)",
      "categorical_crossentropy, metrics=[sparse_top_k_categorical_accuracy(k=2)]",
      "categorical_crossentropy, metrics=[top_k_categorical_accuracy(k=2)]",
    ],
    ["Dense(1, sigmoid)", "bce, metrics=[sparse_categorical_accuracy]", "bce, metrics=[binary_accuracy]"],
    [
      "Dense(1)",
      "bce(from_logits=true), metrics=[acc]",
      "bce(from_logits=true), metrics=[binary_accuracy(threshold=0)]",
    ],
    ["Dense(1)", "mse, metrics=[mae, r2_score, mean_absolute_error]", "mse, metrics=[mae, r2_score]"],
    ["Dense(1)", "hinge, metrics=[acc]", "hinge, metrics=[binary_accuracy(threshold=0)]"],
  ])("%s and %s after its fix", async (layers, args, mended) => {
    const text = (given: string) => `model M { input [4] ${layers} compile(adam, ${given}) }`;
    const [diagnostic, ...others] = (await checkText(text(args))).diagnostics;
    expect(others).toEqual([]);
    expect(applyFix(text(args), "main.layers", diagnostic?.fix as Fix)).toBe(text(mended));
    expect((await checkText(text(mended))).diagnostics).toEqual([]);
  });
});
