import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inputsOf, type Workload } from "../workload-files.ts";
import type { Contender } from "../serve/contender.ts";

/** What the module of `net.layers` exports, with its weights inside or in a file beside it. */
interface NetModule {
  readonly net?: Net;
  readonly createNet?: (weights: unknown) => Net;
  readonly readNetWeights?: (bytes: Uint8Array) => unknown;
  readonly netInfo: { readonly backend?: string };
}

interface Net {
  forward(input: ArrayLike<number>, output?: Float32Array): Float32Array;
  forwardBatch(inputs: ArrayLike<number>, output?: Float32Array): Float32Array;
}

/** A module in the workload's folder; `wanted` is the backend that it must run as, or `any`. */
export default ([moduleFile = "", wanted = "any"]: readonly string[]): Contender => ({
  async prepare(workload) {
    if (wanted === "wasm-simd") forbidRelaxedSimd();
    const file = path.join(workload.folder, moduleFile);
    const module = (await import(pathToFileURL(file).href)) as NetModule;
    const net = module.net ?? withWeights(module, path.join(path.dirname(file), "net.weights.safetensors"), workload);
    const output = new Float32Array(workload.batch * workload.outputs);
    const inputs = Array.from({ length: workload.calls }, (_, at) => inputsOf(workload, at).slice());
    const call =
      workload.batch === 1
        ? (at: number) => net.forward(inputs[at] as Float32Array, output)
        : (at: number) => net.forwardBatch(inputs[at] as Float32Array, output);
    call(0);
    // Asked for its backend, a module compiles it, which `auto` leaves until it pays.
    if (wanted === "any") return { call };
    const { backend = "typescript" } = module.netInfo;
    if (backend !== wanted) throw new Error(`the module runs as ${backend}, not as ${wanted}`);
    return { call, note: backend };
  },
});

/** Answers as a runtime without relaxed SIMD: the module asks for that first. */
function forbidRelaxedSimd(): void {
  const validate = WebAssembly.validate;
  let calls = 0;
  WebAssembly.validate = (bytes) => calls++ > 0 && validate(bytes);
}

/** The network with the weights of the file, or with arrays where its weights are an argument. */
function withWeights({ createNet, readNetWeights }: NetModule, file: string, { layers }: Workload): Net {
  if (createNet === undefined) throw new Error("the module has no createNet");
  if (readNetWeights !== undefined && existsSync(file)) return createNet(readNetWeights(readFileSync(file)));
  return createNet(
    Object.fromEntries(layers.map(({ kernel, bias }, at) => [at === 0 ? "dense" : `dense_${at}`, { kernel, bias }])),
  );
}
