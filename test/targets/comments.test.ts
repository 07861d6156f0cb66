import { expect, test } from "vitest";
import { compileText } from "./support/compile-text.ts";

test("a module says that it packs weights only where it does", async () => {
  const { text } = await compileText("model Small { input [2] Dense(2) }  model Wide { input [64] Dense(64) }");
  expect(text).toContain("/** Checks and copies the weights of Small. */");
  expect(text).toContain("/** Checks the weights of Wide and packs them for the loops. */");
});

test("both methods say that output and input must not overlap", async () => {
  const { text } = await compileText("model Small { input [2] Dense(2) }");
  const [, one, many] = /one sample:([^]*?)forward\([^]*?any number of samples([^]*?)forwardBatch\(/i.exec(text) ?? [];
  expect(one).toContain("`output` must not share memory with the input.");
  expect(many).toContain("`output` must not share memory with the inputs.");
});

test("an index that two arrays share is computed once", async () => {
  const source = "dim time  model Steps { input [time, 7] Dense(4, activation=silu) Dense(3, activation=softmax) }";
  for (const unroll of ["auto", "none"] as const) {
    const { text } = await compileText(source, { unroll });
    for (const [, block] of text.matchAll(/\{\n((?: +(?:const|let) \w+ = [^;{]*;\n)+)/g)) {
      const indices = [...(block as string).matchAll(/ = (\w+ \* \d+(?: \+ \w+)*);/g)].map(([, index]) => index);
      expect(new Set(indices).size, block).toBe(indices.length);
    }
  }
  // The loop of a softmax reads one array and writes another at the same places.
  const { text } = await compileText("dim lanes  model Lanes { input [lanes, 3]  Softmax(axis=1)  Dense(2) }");
  expect(text).toMatch(/const at = i \* 3 \+ j;\n +const e = Math\.exp\(x\[at\]! - maximum\);\n +y\[at\] = e;/);
});
