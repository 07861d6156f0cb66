import fc from "fast-check";
import { expect, test } from "vitest";
import { mermaidText } from "../../src/diagram/mermaid-text.ts";
import { modelMermaid } from "../../src/diagram/model-mermaid.ts";
import { anyText } from "../support/any-text.ts";
import { checkModels, exampleModels } from "./check-models.ts";
import { modelFiles } from "./random-models.ts";

test.each(["digits", "autoencoder", "sequence"])("%s", async (name) => {
  await expect(modelMermaid(await exampleModels(name))).toMatchFileSnapshot(`./${name}.golden.mmd`);
});

test("every line is of a kind, whatever the names, and every arrow joins what is there", async () => {
  const text = String.raw`"(?:[\p{L}\p{M}\p{N} _,()[\]×…\p{Extended_Pictographic}]|<br>|#\d+;)*"`;
  const lines = [
    /^flowchart TB$/,
    new RegExp(String.raw`^ +(subgraph )?(m[\d_]+) ?\[${text}\]$`, "u"),
    /^ +()(m[\d_]+(?:in|out))\(\[(?:input|output)\]\)$/,
    /^ +(?:direction TB|end)$/,
    new RegExp(String.raw`^ +m\w+ -->\|${text}\| m\w+$`, "u"),
    /^$/,
  ];
  await fc.assert(
    fc.asyncProperty(modelFiles, async (source) => {
      const flowchart = modelMermaid(await checkModels(source)).split("\n");
      expect(flowchart.filter((line) => !lines.some((kind) => kind.test(line)))).toEqual([]);
      const ids = flowchart.flatMap((line) => lines[1]?.exec(line)?.[2] ?? lines[2]?.exec(line)?.[2] ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const ends = flowchart.flatMap((line) => /^ +(m\w+) -->[^]* (m\w+)$/.exec(line)?.slice(1) ?? []);
      expect(ends.filter((end) => !ids.includes(end))).toEqual([]);
      const count = (kind: RegExp): number => flowchart.filter((line) => kind.test(line)).length;
      expect(count(/^ *subgraph /)).toBe(count(/^ *end$/));
    }),
    { numRuns: 30 },
  );
});

test("a text has nothing in it that Mermaid, Markdown or HTML know", () => {
  fc.assert(
    fc.property(anyText(40), (text) => {
      expect(mermaidText(text)).toMatch(/^(?:[\p{L}\p{M}\p{N} _,()[\]×…\p{Extended_Pictographic}]|#\d+;)*$/u);
    }),
  );
  expect(mermaidText('a "b" <c>')).toBe("a #34;b#34; #60;c#62;");
});
