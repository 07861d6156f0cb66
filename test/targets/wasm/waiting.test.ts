import vm from "node:vm";
import { describe, expect, test } from "vitest";
import { compile, type CompileOptions } from "../../../src/index.ts";

/** Some 600 multiply-adds: WebAssembly is much faster, and pays after a few thousand samples. */
const source = "model Net { input [12] Dense(30, activation=tanh) Dense(8) }";

async function javascript(
  target: "auto" | "wasm",
  text = source,
  options: Partial<CompileOptions> = {},
): Promise<string> {
  const { files } = await compile({ path: "net.layers", text }, { target, emit: "js", ...options });
  return files[0]?.content as string;
}

interface Net {
  forward(count?: number): number[];
  forwardBatch(samples: number): number[];
  /** Modules that were compiled so far. */
  compiled(): number;
  backend(): string;
  another(): Net;
}

/** The model of a module in a realm of its own, in which compilations are counted. */
function load(module: string, before = ""): Net {
  const script = `(() => { "use strict"; ${before}
    let compiled = 0;
    if (globalThis.WebAssembly) {
      const { Module } = WebAssembly;
      WebAssembly.Module = class { constructor(bytes) { compiled++; return new Module(bytes); } };
    }
    ${module.replaceAll(/^export /gm, "")}
    const array = (length, scale) => Float32Array.from({ length }, (_, at) => Math.cos(at) * scale);
    const weights = { dense: { kernel: array(360, 0.3), bias: array(30, 1) }, dense_1: { kernel: array(240, 0.3), bias: array(8, 1) } };
    const input = (samples) => Float32Array.from({ length: 12 * samples }, (_, at) => Math.sin(at % 12));
    const made = (net) => ({
      forward(count = 1) { let y; for (let at = 0; at < count; at++) y = net.forward(input(1)); return [...y]; },
      forwardBatch: (samples) => [...net.forwardBatch(input(samples))],
      compiled: () => compiled,
      backend: () => netInfo.backend,
      another: () => made(createNet(weights)),
    });
    return made(createNet(weights));
  })()`;
  return vm.runInContext(script, vm.createContext({})) as Net;
}

/** Samples that the loops of a module compute before WebAssembly. */
function waitOf(module: string): number {
  return Number(/let samplesLeft = (\d+);/.exec(module)?.[1]);
}

describe("--target auto", () => {
  test("runs the loops until so many samples have come that compiling pays, and then WebAssembly", async () => {
    const module = await javascript("auto");
    const wait = waitOf(module);
    expect(wait).toBeGreaterThan(100);
    const net = load(module);
    const early = net.forward(wait - 1);
    expect(net.compiled()).toBe(0);
    const late = net.forward();
    expect(net.compiled()).toBe(1);
    net.forward(10);
    expect(net.compiled()).toBe(1);
    late.forEach((value, at) => expect(value).toBeCloseTo(early[at] as number, 5));
  });

  test("compiles at once for a batch that pays by itself", async () => {
    const module = await javascript("auto");
    const net = load(module);
    net.forwardBatch(2);
    expect(net.compiled()).toBe(0);
    const outputs = net.forwardBatch(waitOf(module));
    expect(net.compiled()).toBe(1);
    // The samples are equal, and so are their results: the whole batch ran on one of both.
    expect(new Set(outputs).size).toBe(new Set(outputs.slice(0, 8)).size);
  });

  test("waits no more once something has had it compiled", async () => {
    const net = load(await javascript("auto"));
    const [first, other] = [net.forward(), net.another()];
    expect(net.backend()).toMatch(/^wasm-/);
    expect(net.compiled()).toBe(1);
    const reference = load(await javascript("wasm")).forward();
    expect(net.forward()).toEqual(reference);
    expect(other.forward()).toEqual(reference);
    first.forEach((value, at) => expect(value).toBeCloseTo(reference[at] as number, 5));
  });

  test("goes on with the loops where WebAssembly can't run", async () => {
    const module = await javascript("auto");
    const net = load(module, "delete globalThis.WebAssembly;");
    expect(net.forward(waitOf(module) + 5)).toEqual(net.forward());
    expect(net.backend()).toBe("typescript");
  });

  test("does not wait with a model whose first samples pay", async () => {
    const module = await javascript("auto", "model Net { input [784] Dense(512, activation=relu) Dense(512) }");
    expect(module).not.toContain("samplesLeft");
    expect(module).toContain("compileWasm");
  });

  test("leaves a model in TypeScript that would grow more than it gets faster", async () => {
    const small = "model Net { input [4] Dense(16, activation=relu) Dense(3, activation=softmax) }";
    expect(await javascript("auto", small)).not.toContain("compileWasm");
    expect(await javascript("wasm", small)).toContain("compileWasm");
  });
});

test("--target wasm never waits", async () => {
  const net = load(await javascript("wasm"));
  net.forward();
  expect(net.compiled()).toBe(1);
});
