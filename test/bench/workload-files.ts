import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import type { Network } from "./network.ts";
import { networkSource, randomFloats, randomLayers, type LayerArrays } from "./network.ts";

/** A network with its weights and inputs, as the contenders read it from a folder. */
export interface Workload extends WorkloadShape {
  readonly folder: string;
  /** `[calls * batch, inputs]`, from -1 to 1. */
  readonly samples: Float32Array;
  readonly layers: readonly (LayerArrays & { readonly activation: Network["layers"][number]["activation"] })[];
}

export interface WorkloadShape {
  readonly inputs: number;
  readonly outputs: number;
  /** Samples of one call. */
  readonly batch: number;
  /** How many calls' inputs there are; their outputs are checked. */
  readonly calls: number;
  /** The first so many calls are timed, in turn: a power of two. */
  readonly pool: number;
}

/** How many samples the accuracy of a network is measured on: as many as float64 computes in about a second. */
function callsOf({ inputs, layers }: Network, batch: number): number {
  let operations = 0;
  let width = inputs;
  for (const { units } of layers) {
    operations += width * units;
    width = units;
  }
  const samples = Math.min(4096, Math.max(8, Math.ceil(2e8 / operations)));
  return Math.max(2, Math.ceil(samples / batch));
}

/**
 * Writes a network into a folder: `shape.txt`, `weights.bin`, `inputs.bin` for the contenders, `net.layers` and
 * `net.safetensors` for layerc. Weights and inputs are the same in every run.
 */
export function writeWorkload(
  folder: string,
  network: Network,
  batch: number,
  { calls = callsOf(network, batch), timed = 16 } = {},
): Workload {
  mkdirSync(folder, { recursive: true });
  const shape: WorkloadShape = {
    inputs: network.inputs,
    outputs: network.layers.at(-1)?.units ?? network.inputs,
    batch,
    calls,
    pool: 2 ** Math.floor(Math.log2(Math.min(timed, calls))),
  };
  const layers = randomLayers(network).map((arrays, at) => ({
    ...arrays,
    activation: network.layers[at]?.activation ?? "linear",
  }));
  const samples = randomFloats(`inputs of ${network.inputs}`, calls * batch * network.inputs, 1);

  const numbers = [shape.inputs, shape.outputs, batch, calls, shape.pool, layers.length];
  const lines = layers.map(({ units, activation, bias }) => `${units} ${activation} ${bias === undefined ? 0 : 1}`);
  writeFileSync(path.join(folder, "shape.txt"), `${numbers.join(" ")}\n${lines.join("\n")}\n`);
  writeFloats(path.join(folder, "inputs.bin"), [samples]);
  writeFloats(
    path.join(folder, "weights.bin"),
    layers.flatMap(({ kernel, bias }) => (bias === undefined ? [kernel] : [kernel, bias])),
  );
  writeFileSync(path.join(folder, "net.layers"), networkSource(network, "./net.safetensors"));
  writeFileSync(path.join(folder, "net.safetensors"), writeSafetensors(namedArrays(layers)));
  return { ...shape, folder, samples, layers };
}

/** What `writeWorkload` wrote. */
export function readWorkload(folder: string): Workload {
  const [numbers = "", ...lines] = readFileSync(path.join(folder, "shape.txt"), "utf8").trim().split("\n");
  const [inputs = 0, outputs = 0, batch = 0, calls = 0, pool = 0] = numbers.split(" ").map(Number);
  const weights = readFloats(path.join(folder, "weights.bin"));
  let width = inputs;
  let offset = 0;
  const take = (count: number): Float32Array => weights.subarray(offset, (offset += count));
  const layers = lines.map((line) => {
    const [units = "", activation = "", bias] = line.split(" ");
    const kernel = take(width * Number(units));
    const arrays = { inputs: width, units: Number(units), kernel };
    width = Number(units);
    return {
      ...arrays,
      activation: activation as Workload["layers"][number]["activation"],
      ...(bias === "1" ? { bias: take(width) } : {}),
    };
  });
  const samples = readFloats(path.join(folder, "inputs.bin"));
  return { inputs, outputs, batch, calls, pool, folder, samples, layers };
}

/** Call `at` of the inputs: `[batch, inputs]`. */
export function inputsOf({ samples, batch, inputs }: Workload, at: number): Float32Array {
  return samples.subarray(at * batch * inputs, (at + 1) * batch * inputs);
}

/** Where a contender leaves its outputs, `[calls * batch, outputs]`, for the check. */
export function outputsFile(folder: string, contender: string): string {
  return path.join(folder, `outputs-${contender}.bin`);
}

/** The float32 numbers of a file, little-endian as the machines are that Node runs on. */
export function readFloats(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4).slice();
}

/** Arrays one after the other, as `readFloats` reads them. */
export function writeFloats(file: string, arrays: readonly Float32Array[]): void {
  writeFileSync(file, Buffer.concat(arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))));
}

function namedArrays(layers: readonly LayerArrays[]): Parameters<typeof writeSafetensors>[0] {
  return layers.flatMap(({ inputs, units, kernel, bias }, at) => {
    const layer = at === 0 ? "dense" : `dense_${at}`;
    return [
      { name: `${layer}.kernel`, shape: [inputs, units], data: kernel },
      ...(bias === undefined ? [] : [{ name: `${layer}.bias`, shape: [units], data: bias }]),
    ];
  });
}
