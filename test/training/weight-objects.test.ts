import { describe, expect, test } from "vitest";
import { constraint, regularizer } from "../../src/layers/keras-objects/types.ts";
import { penaltyOf } from "../../src/layers/keras-objects/penalty-of.ts";
import { projectWeight } from "../../src/layers/keras-objects/project-weight.ts";
import { readJson, values, type FixtureArray } from "../keras/keras-case.ts";
import { expectNear } from "./support/expect-near.ts";
import { Interpreter } from "./support/interpreter.ts";
import { kerasObject, titleOf, type Plain } from "./support/keras-object.ts";

interface Serialized {
  readonly class_name: string;
  readonly config: Readonly<Record<string, Plain>>;
}

const numbered = <Case extends { readonly serialized: Serialized }>(cases: readonly Case[]) =>
  cases.map((recorded, at) => {
    const { class_name: name, config } = recorded.serialized;
    const object = { class_name: name, args: config };
    return { title: `${titleOf(object)} ${at}`, object, recorded };
  });

interface Penalty {
  readonly serialized: Serialized;
  readonly input: FixtureArray;
  readonly loss_float64: number;
}

describe("penalties are those of Keras", () => {
  const { cases } = readJson<{ readonly cases: readonly Penalty[] }>("regularizers.json");
  test.each(numbered(cases))("$title", ({ object, recorded: { input, loss_float64: expected } }) => {
    const step = new Interpreter(1);
    const weight = step.put({ shape: input.shape, perSample: false, data: [...values(input)] });
    const penalty = penaltyOf(step.builder, weight, kerasObject(regularizer, object));
    expectNear(step.numbersOf(penalty), [expected], "penalty");
  });

  test("a regularizer without factors adds nothing", () => {
    const step = new Interpreter(1);
    const weight = step.put({ shape: [2], perSample: false, data: [3, -4] });
    const none = kerasObject(regularizer, { class_name: "L1L2", args: {} });
    expect(step.numbersOf(penaltyOf(step.builder, weight, none))).toEqual([0]);
  });
});

interface Projection {
  readonly serialized: Serialized;
  readonly before: FixtureArray;
  readonly after_float64: FixtureArray;
}

describe("constrained weights are those of Keras", () => {
  const { cases } = readJson<{ readonly cases: readonly Projection[] }>("constraints.json");
  test.each(numbered(cases))("$title", ({ object, recorded: { before, after_float64: after } }) => {
    const step = new Interpreter(1);
    const weight = step.put({ shape: before.shape, perSample: false, data: [...values(before)] });
    const projected = projectWeight(step.builder, weight, kerasObject(constraint, object));
    expectNear(step.numbersOf(projected), [...values(after)], "weight");
  });
});
