import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";
import { build } from "rolldown";
import { afterAll, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { compileText } from "./support/compile-text.ts";
import { modelOf, runModule, type AnyModel } from "./support/run-module.ts";

const weights = (scale: number): Uint8Array =>
  writeSafetensors([
    {
      name: "dense.kernel",
      shape: [40, 50],
      data: Float32Array.from({ length: 2000 }, (_, at) => scale * Math.cos(at)),
    },
    { name: "dense.bias", shape: [50], data: Float32Array.from({ length: 50 }, (_, at) => scale * at) },
  ]);
const layers = "input [40]  Dense(50, activation=gelu)  Softmax()";
const source = `model First { weights "one"  ${layers} }  model Second { weights "two"  ${layers} }`;
const files = { one: weights(0.25), two: weights(0.5) };
const input = Array.from({ length: 40 }, (_, at) => Math.sin(at));

/** A realm that has the language and nothing else: no `atob`, no `TextDecoder`, no `console`, no code from strings. */
function bareRealm(): vm.Context {
  return vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
}

function script(javascript: string, result: string): string {
  return `(() => { "use strict"; ${javascript.replaceAll(/^export /gm, "")}\nreturn ${result}; })()`;
}

test("inline weights decode in a realm without atob, TextDecoder and eval", async () => {
  const { text } = await compileText(source, { files, emit: "js" });
  const realm = bareRealm();
  expect(vm.runInContext("typeof atob + typeof TextDecoder", realm)).toBe("undefinedundefined");
  expect(() => vm.runInContext("eval('1')", realm)).toThrow(/Code generation from strings/);
  const bare = vm.runInContext(script(text, "first"), realm) as AnyModel;
  const here = modelOf(await runModule(text), "first");
  expect([...bare.forward(input)]).toEqual([...here.forward(input)]);
});

test("weights are read from bytes in such a realm", async () => {
  const { text, sidecars } = await compileText(source, { files, emit: "js", weights: "file" });
  const realm = bareRealm();
  const run = vm.runInContext(
    script(text, "(bytes, input) => createSecond(readSecondWeights(new Uint8Array(bytes))).forward(input)"),
    realm,
  ) as (bytes: readonly number[], input: readonly number[]) => Float32Array;
  const inline = modelOf(await runModule((await compileText(source, { files, emit: "js" })).text), "second");
  expect([...run([...sidecars.get("second.weights.safetensors")!], input)]).toEqual([...inline.forward(input)]);
});

const folder = mkdtempSync(path.join(tmpdir(), "layerc-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a bundler keeps of a module of two models for an entry. */
async function bundle(name: string, entry: string, text: string): Promise<string> {
  writeFileSync(path.join(folder, `${name}-model.js`), text);
  writeFileSync(path.join(folder, `${name}.js`), entry.replace("MODEL", `./${name}-model.js`));
  const { output } = await build({ input: path.join(folder, `${name}.js`), write: false, logLevel: "silent" });
  return output[0].code;
}

test("a bundler drops the weights and the code of a model that is not used", async () => {
  const { text } = await compileText(source, { files, emit: "js" });
  const [one = "", two = ""] = [...text.matchAll(/"([A-Za-z0-9+/=]{1000,})"/g)].map((match) => match[1] as string);
  expect(one).not.toBe("");
  expect(two).not.toBe("");
  expect(one).not.toBe(two);

  const both = await bundle("both", `import { first, second } from "MODEL"; console.log(first, second);`, text);
  expect([both.includes(one), both.includes(two)]).toEqual([true, true]);

  const first = await bundle("first", `import { first } from "MODEL"; console.log(first);`, text);
  expect([first.includes(one), first.includes(two)]).toEqual([true, false]);
  expect(first).not.toMatch(/second/i);
  expect(first).not.toMatch(/Info/);

  const info = await bundle("info", `import { secondInfo } from "MODEL"; console.log(secondInfo);`, text);
  expect([info.includes(one), info.includes(two)]).toEqual([false, false]);
  expect(info.length).toBeLessThan(4000);
});
