import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { losses } from "../../src/training/losses/index.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { schedules } from "../../src/training/schedules/index.ts";
import { checkedModel, checkText } from "./check-text.ts";

/** What a clause comes to behind a model with one output. */
async function read(clause: string, before = "") {
  const model = await checkedModel(`${before} model M { input [4] Dense(1) ${clause} }`);
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
    const text = "compile(optimizer=adam(learning_rate=0.01), loss=huber(delta=2), metrics=[mae, auc(curve=PR)])";
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
    expect(measured?.map(([identifier]) => identifier)).toEqual(["mean_absolute_error", "auc"]);
    expect(measured?.[1]?.[1]).toMatchObject({ curve: "PR", num_thresholds: 200 });
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

  test.each([
    ["optimizer", optimizers.map((each) => each)],
    ["loss", losses],
    ["metrics", metrics],
  ] as const)("takes every %s by its name, its class and its aliases", async (argument, all) => {
    for (const { identifier, className, aliases = [], parameters } of all) {
      // Their one argument without a default is a number.
      const args = parameters.some((one) => one.default === undefined) ? "(0.5)" : "";
      for (const word of [identifier, className, ...aliases]) {
        const value = argument === "metrics" ? `[${word}${args}]` : `${word}${args}`;
        const rest = argument === "loss" ? "" : ", loss=mse";
        const { diagnostics } = await checkText(`model M { input [4] Dense(1) compile(${argument}=${value}${rest}) }`);
        expect(
          diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
          word,
        ).toEqual([]);
      }
    }
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
