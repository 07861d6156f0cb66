import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { layerc } from "../importers/support.ts";

/** A functional model of operations, with what Keras computes. */
interface Case {
  readonly name: string;
  readonly config: object;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly refused?: true;
}

const file = new URL("../fixtures/keras_operations/models.json", import.meta.url);
const cases = JSON.parse(fs.readFileSync(file, "utf8")) as readonly Case[];
const named = (wanted: (one: Case) => boolean) =>
  cases.filter(wanted).map((one): readonly [string, Case] => [one.name, one]);

describe("operations compute what Keras computes", () => {
  test.each(named(({ refused }) => refused !== true))("%s", async (_, { config, inputs, outputs }) => {
    const sandbox = makeSandbox({
      "m.json": JSON.stringify(config),
      "cases.json": JSON.stringify({ inputs, outputs }),
    });
    const imported = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(imported).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await layerc(sandbox, "verify", "net.layers", "--against", "cases.json")).toMatchObject({ exitCode: 0 });
  });
});

describe("what layers can't express is refused by name, and nothing is written", () => {
  const words: Readonly<Record<string, string>> = {
    softmax_none:
      "over everything, the batch included, whose samples are independent here; over each sample it is axis=(1, 2)",
    log_softmax_none: "over everything, the batch included",
    reshape_t: "Operation keras.ops.reshape 'reshape' has newshape=[-1,2]: it goes across the batch",
    expand_dims_0: "it goes across the batch",
    transpose_none: "it goes across the batch",
    mul_grows: "can't be spread over the input [1]",
    mean_v: "leaves no axis besides that of the batch",
    mean_12: "leaves no axis besides that of the batch",
    cast_int: "values are floats here",
    add_self: "'add' reads 2 layers",
    rdiv_number: "is of the class keras.ops.true_divide",
    get_item: "is of the class keras.ops.get_item",
  };
  test.each(named(({ refused }) => refused === true))("%s", async (name, { config }) => {
    const sandbox = makeSandbox({ "m.json": JSON.stringify(config) });
    const { exitCode, stderr } = await layerc(sandbox, "import", "m.json", "--name", "Net");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(words[name] ?? "is of the class keras.ops.");
    expect(Object.keys(sandbox.contents())).toEqual(["m.json"]);
  });
});
