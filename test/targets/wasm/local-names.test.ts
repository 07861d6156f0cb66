import { expect, test } from "vitest";
import { compileCode } from "../support/compile-text.ts";
import { createModel, runModule } from "../support/run-module.ts";

const sourceWith = (dim: string) =>
  `dim ${dim}\nmodel Net { input [${dim}, 3] Dense(4, activation=tanh) Dense(2, activation=softmax) }`;
const filled = (length: number) => Float32Array.from({ length }, (_, at) => Math.sin(at + 1));
const weights = {
  dense: { kernel: filled(12), bias: filled(4) },
  dense_1: { kernel: filled(8), bias: filled(2) },
};

test("a dim may be called like any local of the code that runs WebAssembly", async () => {
  const outputs = async (dim: string): Promise<{ text: string; output: readonly number[] }> => {
    const { text } = await compileCode(sourceWith(dim), { target: "wasm", emit: "js" });
    return { text, output: [...createModel(await runModule(text), "Net", weights).forward(filled(15))] };
  };
  const { text, output } = await outputs("time");
  const runner = text.split(/^(?=function )/m).find((part) => part.includes("const { memory")) ?? "";
  const declared = [...runner.matchAll(/\b(?:const|let) (?:\{ ([^}]*) \}|([\w$]+))/g)].flatMap(
    ([, several = "", one]) => (one === undefined ? several.split(", ") : [one]),
  );
  const names = new Set(declared.filter((name) => /^[a-z]\w*$/i.test(name) && name !== "time"));
  expect([...names]).toEqual(expect.arrayContaining(["wasm", "memory", "run", "data", "missing", "xAddress"]));
  for (const name of names) {
    const renamed = await outputs(name);
    expect(renamed.output, name).toEqual(output);
  }
});
