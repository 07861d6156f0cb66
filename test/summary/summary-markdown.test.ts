import { expect, test } from "vitest";
import { summaryMarkdown } from "../../src/summary/summary-markdown.ts";
import { checkModels, exampleModels } from "../diagram/check-models.ts";

test.each(["digits", "autoencoder", "sequence"])("%s", async (name) => {
  const markdown = summaryMarkdown(await exampleModels(name), { expandNested: true });
  await expect(markdown).toMatchFileSnapshot(`./${name}.golden.md`);
});

test.each([
  ["plain_name", "`plain_name`"],
  ["*a* _b_ <i> &amp; [x](y) ~c~ $d$ @e #1", "`*a* _b_ <i> &amp; [x](y) ~c~ $d$ @e #1`"],
  ["a|b", "<code>a&#124;b</code>"],
  ["a\\", "<code>a&#92;</code>"],
  ["`", "<code>&#96;</code>"],
  [" x", "<code>&#32;x</code>"],
  ["a\u202eb", "`a<U+202E>b`"],
])("the name %j is %j", async (name, code) => {
  const models = await checkModels(`model M { input [4] ${JSON.stringify(name)}: Dense(3) }`);
  expect(summaryMarkdown(models)).toContain(`\n| ${code} | Dense | \`[3]\` | 15 |\n`);
});

test("parameters that are not trained are told", async () => {
  const [model] = await checkModels("model M { input [4] BatchNormalization() }");
  expect(model && summaryMarkdown(model)).toContain("16 parameters (64.00 B), 8 of them trainable.");
});
