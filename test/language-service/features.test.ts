import { expect, test } from "vitest";
import * as service from "../../src/language-service/index.ts";
import { expandSnippet } from "./expand-snippet.ts";
import { open } from "./open.ts";

const lib =
  "/// Doc.\nblock Hidden(units, rate=0.1) { Dense(units) Dropout(rate) }\nmodel Encoder { input [4] Dense(3) }";

async function written(marked: string): Promise<readonly string[]> {
  const { analysis, offset, surroundings } = await open(marked, { "lib.layers": lib });
  const items = await service.complete(analysis, offset, surroundings);
  return items.map(({ edit }) => expandSnippet(edit.text));
}

test.each([
  ["<|>", ["let name = 1", "dim time"]],
  ["model M { <|> }", ["input [64]", 'weights "./"', "Dense(64)", "Flatten()", "Hidden(units)", "Encoder"]],
  ["model M { input [4] Dense(<|>) }", ["units=64", "activation=linear", "use_bias=true"]],
  ["model M { input [4] Dense(3, activation=<|>) }", ["relu", "softmax"]],
  ["model M { input [4] Dense(3) -> <|> }", ["[3]"]],
  ['import { <|> } from "./lib.layers"', ["Hidden", "Encoder"]],
  ['import { Hidden } from "<|>"', ["./lib.layers"]],
])("%s offers", async (marked, expected) => {
  expect(await written(marked)).toEqual(expect.arrayContaining(expected));
});

test("hover, signature, hints and lenses answer for a small model", async () => {
  const { analysis, offset } = await open("model M { input [4] De<|>nse(3, relu) }");
  expect((await service.hover(analysis, offset))?.markdown).toContain("relu(x · kernel + bias)");
  expect(service.signatureHelp(analysis, offset + 5)).toMatchObject({ active: 0 });
  expect(service.inlayHints(analysis).map(({ label }) => label)).toEqual(["units=", "activation=", "-> [3]"]);
  expect(service.codeLenses(analysis).map(({ title }) => title)).toEqual([
    "15 parameters, 60.00 B",
    "12 multiply-adds",
    "show generated code",
    "verify",
  ]);
});
