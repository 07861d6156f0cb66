import { describe, expect, test } from "vitest";
import { analyze } from "../../src/language-service/analyze.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import * as service from "../../src/language-service/index.ts";
import { fixture } from "../weights/support.ts";
import { expandSnippet } from "./expand-snippet.ts";
import { open, path, type Files } from "./open.ts";

/** The text that is left when a completion is accepted, and what is wrong with it then. */
async function accept(
  marked: string,
  label: string,
  files: Files,
): Promise<{ text: string; errors: readonly string[] }> {
  const { analysis, offset, text, surroundings, host } = await open(marked, files);
  const items = await service.complete(analysis, offset, surroundings);
  const found = items.find((item) => item.label === label);
  if (found === undefined)
    throw new Error(`'${label}' is not offered, but ${items.map((item) => item.label).join(", ")}`);
  const accepted = applyEdits(text, [
    { ...found.edit, text: expandSnippet(found.edit.text) },
    ...found.additionalEdits,
  ]);
  const { result } = await analyze({ path, text: accepted }, host);
  return {
    text: accepted,
    errors: result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
  };
}

const keras = (file: string): Files => ({ "w.bin": fixture(`keras/models/${file}`) });
const torch = (file: string): Files => ({ "w.bin": fixture(`torch/${file}`) });

describe("the layers of a weight file are inserted", () => {
  test.each([
    [
      "as its configuration has them",
      { "w.bin": fixture("trained/digits/digits.keras") },
      "input [64]|Rescaling(0.0625)|Dense(64, activation=relu)|Dropout(0.2)|Dense(32, activation=relu)|Dense(10, activation=softmax)",
    ],
    [
      "of HDF5",
      keras("custom_names/model.h5"),
      "input [3]|zeta: Dense(4, activation=relu)|alpha: Dense(4, activation=relu)|logits: Dense(2)",
    ],
    [
      "without a configuration, by names",
      keras("custom_names/model.weights.h5"),
      "input [3]|zeta: Dense(4)|alpha: Dense(4)|logits: Dense(2)",
    ],
    [
      "without a configuration, by sizes",
      keras("batchnorm_stats/model.weights.h5"),
      "input [5]|Dense(8, use_bias=false)|BatchNormalization()|Dense(3)",
    ],
    ["of PyTorch", torch("state.pt"), "input [2]|Dense(3)|BatchNormalization(epsilon=1e-5)|Dense(1)"],
    ["of PyTorch, by names", { "w.bin": fixture("cases/torch-pt/w.pt") }, "input [4]|a: Dense(5)|b: Dense(3)"],
  ])("%s", async (_, files, expected) => {
    const { text, errors } = await accept('model Net {\n  weights "./w.bin"\n<|>\n}', "layers of ./w.bin", files);
    expect(errors).toEqual([]);
    expect(text.split("\n").slice(2, -1).join("|")).toBe(expected);
  });

  test("with the models and the run-time dims that they need", async () => {
    const { text, errors } = await accept(
      '/// A net.\nmodel Net { weights "./w.bin" <|> }',
      "layers of ./w.bin",
      keras("nested_sequential/model.keras"),
    );
    expect(errors).toEqual([]);
    expect(text).toMatch(
      /^model Encoder \{\n {2}input \[4\]\n {2}Dense\(6, activation=relu\)[^]*\/\/\/ A net\.\nmodel Net \{[^]*Encoder\n/,
    );
    const rank3 = await accept('model Net { weights "./w.bin" <|> }', "layers of ./w.bin", {
      "w.bin": fixture("keras_more/functional_run_time/model.keras"),
    });
    expect(rank3.text).toMatch(
      /^dim time\n\nmodel Sequential9 \{[^]*\n\nmodel Net \{ weights "\.\/w\.bin" input \[time, 3\]/,
    );
    expect(rank3.errors).toEqual([]);
  });

  test("one by one, and behind their labels", async () => {
    const files = keras("custom_names/model.keras");
    const one = await accept(
      'model Net { weights "./w.bin" input [3] zeta: Dense(4, activation=relu) <|> logits: Dense(2) }',
      "alpha: Dense(4, activation=relu)",
      files,
    );
    expect(one).toMatchObject({ errors: [] });
    const labelled = await accept(
      'model Net { weights "./w.bin" input [3] zeta: <|> alpha: Dense(4, activation=relu) logits: Dense(2) }',
      "Dense(4, activation=relu)",
      files,
    );
    expect(labelled).toMatchObject({ errors: [] });
  });

  test("not where there are layers already, nor from a file that can't be read", async () => {
    const offered = async (marked: string, files: Files): Promise<readonly string[]> => {
      const { analysis, offset, surroundings } = await open(marked, files);
      return (await service.complete(analysis, offset, surroundings)).map(({ label }) => label);
    };
    const files = keras("custom_names/model.keras");
    expect(await offered('model Net { weights "./w.bin" input [3] Dense(4) <|> }', files)).not.toContain(
      "layers of ./w.bin",
    );
    expect(await offered('model Net { weights "./w.bin" <|> }', { "w.bin": new Uint8Array([1, 2, 3]) })).toContain(
      "Dense",
    );
    expect(await offered('model Net { weights "./gone.bin" <|> }', files)).toContain("Dense");
    expect(await offered('model Net { weights "./w.bin" <|> }', torch("module.pt"))).toContain("Dense");
  });
});

describe("what a weight file holds is shown on its path", () => {
  const hover = async (marked: string, files: Files): Promise<string | undefined> => {
    const { analysis, offset, surroundings } = await open(marked, files);
    return (await service.hover(analysis, offset, surroundings))?.markdown;
  };

  test("with its layers and arrays", async () => {
    const text = await hover(
      'model Net { weights "./w<|>.bin" input [3] Dense(4) }',
      keras("custom_names/model.keras"),
    );
    expect(text).toMatch(/^Keras archive of Sequential '\w+': 6 arrays, 46 numbers, 184\.00 B as float32\n/);
    expect(text).toContain("\nzeta: Dense  [3, 4], [4]\n");
  });

  test("or the part that a prefix takes", async () => {
    const text = await hover('model Net { weights "./w<|>.bin" prefix "actor" input [3] Dense(4) }', torch("two.pt"));
    expect(text).toMatch(/^PyTorch state: \d+ arrays/);
    expect(text).not.toContain("critic");
  });

  test("nothing for a file that can't be read", async () => {
    expect(await hover('model Net { weights "./go<|>ne.bin" }', {})).toBeUndefined();
  });
});
