import { expect, test } from "vitest";
import { documentOf, startClient } from "./client.ts";

const valid = "model M { input [4] Dense(3) }";

test("pushes what is wrong to a client that declares nothing, and what is right after each change", async () => {
  const client = await startClient();
  client.open("model M {\n  input [4]\n  Dence(3)\n}\n");
  expect(await client.pushed()).toMatchObject([
    {
      code: "unknown-layer",
      severity: 1,
      source: "layerc",
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 7 } },
    },
  ]);
  client.change(valid);
  expect(await client.pushed()).toEqual([]);
  client.change([
    { range: { start: { line: 0, character: 26 }, end: { line: 0, character: 27 } }, text: "0" },
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "// 😀\n" },
  ]);
  expect(await client.pushed()).toMatchObject([
    { code: "argument-range", range: { start: { line: 1, character: 26 }, end: { line: 1, character: 27 } } },
  ]);
  client.close();
  expect(await client.request("textDocument/diagnostic", documentOf())).toEqual({ kind: "full", items: [] });
});
