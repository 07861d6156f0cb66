import { describe, test } from "vitest";
import { trainerMaker, type Trainer } from "../gradients/make-trainer.ts";
import { readJson, values, type FixtureArray } from "../keras/keras-case.ts";
import { callText } from "./support/call-text.ts";
import { expectNear } from "./support/expect-near.ts";
import { titleOf, type Plain } from "./support/keras-object.ts";

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

/** A trainer that changes no weight, of a model whose output is the sum of inputs times a kernel of any rank. */
async function kernelTrainer(kernel: FixtureArray, argument: string): Promise<Trainer> {
  const [rows, ...rest] = kernel.shape;
  const axes = "cde".slice(0, rest.length);
  const layer = `EinsumDense("ab,b${axes}->a${axes}", [${rest.join(", ")}], ${argument})`;
  const clause = "compile(optimizer=sgd(learning_rate=0), loss=mean_squared_error)";
  const make = await trainerMaker(`model M { input [${rows}] ${layer} ${clause} }`);
  return make({ weights: { einsum_dense: { kernel: values(kernel) } } });
}

const zeros = (count: number): Float64Array => new Float64Array(count);

interface Penalty {
  readonly serialized: Serialized;
  readonly input: FixtureArray;
  readonly loss_float64: number;
}

describe("penalties are those of Keras", () => {
  const { cases } = readJson<{ readonly cases: readonly Penalty[] }>("regularizers.json");
  test.each(numbered(cases))("$title", async ({ object, recorded: { input, loss_float64: expected } }) => {
    // A vector is a matrix of one column: the penalties of vectors don't tell.
    const [rows = 0, columns = 1] = input.shape;
    const trainer = await kernelTrainer({ ...input, shape: [rows, columns] }, `kernel_regularizer=${callText(object)}`);
    expectNear([trainer.step(zeros(rows), zeros(columns))], [expected], "penalty");
  });

  test("a regularizer without factors adds nothing", async () => {
    const kernel = { shape: [2, 1], dtype: "float64", data: [3, -4] } as const;
    const trainer = await kernelTrainer(kernel, "kernel_regularizer=l1_l2");
    expectNear([trainer.step([0, 0], [0])], [0], "penalty");
  });
});

interface Projection {
  readonly serialized: Serialized;
  readonly before: FixtureArray;
  readonly after_float64: FixtureArray;
}

describe("constrained weights are those of Keras", () => {
  const { cases } = readJson<{ readonly cases: readonly Projection[] }>("constraints.json");
  test.each(numbered(cases))("$title", async ({ object, recorded: { before, after_float64: after } }) => {
    const trainer = await kernelTrainer(before, `kernel_constraint=${callText(object)}`);
    const [rows = 0, ...rest] = before.shape;
    trainer.step(zeros(rows), zeros(rest.reduce((product, size) => product * size, 1)));
    const { kernel } = trainer.weights["einsum_dense"] as { readonly kernel: Float64Array };
    expectNear([...kernel], [...values(after)], "weight");
  });
});
