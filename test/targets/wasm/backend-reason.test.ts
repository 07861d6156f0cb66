import vm from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";
import { compile } from "../../../src/index.ts";
import { mapHost } from "../support/compile-text.ts";

const inputs = Float32Array.from({ length: 12 }, (_, at) => Math.sin(at));
let module: string;

beforeAll(async () => {
  const array = (name: string, shape: readonly number[], length: number) => ({
    name,
    shape,
    data: Float32Array.from({ length }, (_, at) => Math.cos(at) / 8),
  });
  const weights = writeSafetensors([array("dense.kernel", [12, 30], 360), array("dense.bias", [30], 30)]);
  const text = 'model Net { weights "w" input [12] Dense(30, activation=tanh) }';
  const options = { host: mapHost({ w: weights }), emit: "js", target: "wasm" } as const;
  const first = await compile({ path: "net.layers", text }, options);
  const outputs = run(first.files[0]?.content as string).outputs;
  const cases = { inputs: [[...inputs]], outputs: [[...outputs]] };
  const selfTest = { path: "cases.json", content: new TextEncoder().encode(JSON.stringify(cases)) };
  const second = await compile({ path: "net.layers", text }, { ...options, selfTest });
  module = second.files[0]?.content as string;
});

interface Found {
  readonly outputs: Float32Array;
  readonly backend: string;
  readonly backendReason: string | undefined;
  readonly passed: boolean | undefined;
}

/** What a module gives in a realm of its own, after `before` has run there. */
function run(javascript: string, before = ""): Found {
  const script = `(() => { "use strict"; ${before}\n${javascript.replaceAll(/^export /gm, "")}
    const outputs = net.forward(input);
    const { backend, backendReason } = netInfo;
    const passed = typeof selfTest === "undefined" ? undefined : selfTest().passed;
    return { outputs: [...outputs], backend, backendReason, passed, farthest: globalThis.farthest };
  })()`;
  const found = vm.runInContext(script, vm.createContext({ input: [...inputs] })) as Found;
  return { ...found, outputs: Float32Array.from(found.outputs) };
}

test("WebAssembly that runs needs no reason", () => {
  const found = run(module);
  expect(found.backend).toMatch(/^wasm-/);
  expect(found).toMatchObject({ backendReason: undefined, passed: true });
});

test.each([
  ["no-webassembly", "delete globalThis.WebAssembly;"],
  ["no-simd", "WebAssembly.validate = () => false;"],
  ["forbidden", "WebAssembly.Module = class { constructor() { throw new Error('by a policy'); } };"],
  ["forbidden", "WebAssembly.validate = () => { throw new Error('by a policy'); };"],
  ["no-memory", "WebAssembly.Instance = class { constructor() { throw new RangeError('out of memory'); } };"],
])("%s: the loops run, and that is no fault", (backendReason, before) => {
  const found = run(module, before);
  expect(found).toMatchObject({ backend: "typescript", backendReason, passed: true });
  const expected = run(module).outputs;
  found.outputs.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 5));
});

test("code that comes out of its encoding as other bytes is a fault that can be seen", () => {
  // A letter of the compressed code becomes another one.
  const damaged = module.replace(/(const netCode =\s+"[^"]{200})(.)/, (_, start: string, letter: string) => {
    return start + (letter === "A" ? "B" : "A");
  });
  expect(damaged).not.toBe(module);
  const found = run(damaged);
  expect(found).toMatchObject({ backend: "typescript", backendReason: "damaged", passed: false });
  found.outputs.forEach((value, at) => expect(value).toBeCloseTo(run(module).outputs[at] as number, 5));
});

test("a machine with the upper byte first runs the loops", () => {
  const before = `const Real = Uint16Array; globalThis.Uint16Array = class extends Real {
    constructor(values) { super(values); new Uint8Array(this.buffer).reverse(); } };`;
  expect(run(module, before)).toMatchObject({ backend: "typescript", backendReason: "big-endian" });
});

test("long texts are decoded in slices", () => {
  const before = `const { charCodeAt } = String.prototype; globalThis.farthest = 0;
    String.prototype.charCodeAt = function (at) { farthest = Math.max(farthest, at); return charCodeAt.call(this, at); };`;
  expect(module.length).toBeGreaterThan(4096);
  expect(run(module, before)).toMatchObject({ passed: true, farthest: 1023 });
});
