import fc from "fast-check";
import { layerNameProblem } from "../../src/check/rules/layer-names.ts";
import { anyText } from "../support/any-text.ts";

/** Layers that give a vector of eight numbers for one of eight, as statements; `named` may be given a name each. */
const statements = fc.array(
  fc.oneof(
    fc.tuple(fc.nat({ max: 16 }), fc.constantFrom("relu", "softmax", "tanh")).map(([size, activation]) => {
      return `Dense(${2 ** size}, activation=${activation}) Dense(8)`;
    }),
    fc.constantFrom(
      "Dropout(0.5)",
      "LayerNormalization()",
      "Reshape([2, 4]) TimeDistributed(Dense(3)) Flatten() Dense(8)",
    ),
    fc.nat({ max: 9 }).map((count) => `repeat ${count + 1} { Dense(8, activation=relu) Dropout(0.1) }`),
    fc.nat({ max: 9 }).map((count) => `repeat ${count + 1} { Dense(8) }`),
  ),
  { minLength: 1, maxLength: 4 },
);

const names = fc.array(
  anyText(60).filter((name) => layerNameProblem(name) === undefined),
  { maxLength: 3 },
);

/** Files of models, each of which may use those before it as layers. Names are any that layers may have. */
export const modelFiles = fc
  .array(fc.tuple(statements, names, fc.array(fc.nat({ max: 9 }), { maxLength: 2 })), { minLength: 1, maxLength: 4 })
  .map((models) =>
    models
      .map(([layers, labels, nested], at) => {
        const inner = at === 0 ? [] : nested.map((index) => `Model${index % at}`);
        const named = [...new Set(labels)].map((name) => `${JSON.stringify(name)}: Dense(8)`);
        return `model Model${at} { input [8] ${[...layers, ...inner, ...named].join(" ")} }`;
      })
      .join("\n"),
  );
