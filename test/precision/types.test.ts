import { afterAll, beforeAll, expect, test } from "vitest";
import { compileCode, type TextOptions } from "../targets/support/compile-text.ts";
import { createModel, modelOf, type AnyModel } from "../targets/support/run-module.ts";
import { typeCheck, type TypeChecked } from "../targets/support/type-check.ts";
import { makeStack, nearestBfloat16, stackFile, stackOutputs, stackText } from "./dense-stack.ts";

/** Layers that want the names which the module needs for itself. */
const names = ["packed", "Uint32Array", "unpackBfloat16", "roundBfloat16", "widenBfloat16", "packBfloat16"];
const stack = makeStack(
  [3, 5, 9, 4, 8, 2, 6],
  names.map(() => "tanh"),
  9,
);
const renamed = (text: string): string => names.reduce((all, name, at) => all.replace(`d${at}:`, `${name}:`), text);
const file = (() => {
  const text = Buffer.from(stackFile(stack)).toString("latin1");
  const headerEnd = 8 + Number(Buffer.from(text.slice(0, 8), "latin1").readBigUInt64LE());
  const header = names.reduce((all, name, at) => all.replaceAll(`"d${at}.`, `"${name}.`), text.slice(8, headerEnd));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return new Uint8Array(Buffer.concat([length, Buffer.from(header + text.slice(headerEnd), "latin1")]));
})();

const variants: Readonly<Record<string, TextOptions & { readonly bound: boolean }>> = {
  inline: { bound: true },
  inline_loops: { bound: true, unroll: "none" },
  inline_wasm: { bound: true, target: "wasm" },
  file: { bound: true, weights: "file" },
  file_wasm: { bound: true, weights: "file", target: "wasm" },
  argument: { bound: false },
  argument_wasm: { bound: false, target: "wasm" },
};

let checked: TypeChecked;

beforeAll(async () => {
  const texts = new Map<string, string>();
  for (const [name, { bound, ...options }] of Object.entries(variants)) {
    const files = { "net.safetensors": file };
    const text = renamed(stackText(stack, bound));
    texts.set(`${name}.ts`, (await compileCode(text, { precision: "bfloat16", files, ...options })).text);
  }
  checked = await typeCheck(texts);
});

afterAll(() => checked?.dispose());

test("modules with bfloat16 weights pass the strict type check", () => expect(checked.errors).toBe(""));

test.each(Object.keys(variants))("%s: layers may have any names", async (name) => {
  const module = await checked.run(name);
  const model: AnyModel = "net" in module ? modelOf(module, "net") : createModel(module, "Net", file);
  const expected = stackOutputs(stack, [1, -0.5, 0.25], nearestBfloat16);
  const found = model.forward([1, -0.5, 0.25]);
  expected.forEach((value, at) => expect(Math.abs((found[at] as number) - value)).toBeLessThan(2e-6));
});
