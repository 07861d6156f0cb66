import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { findActivation } from "../../src/activations/index.ts";
import { findLayer } from "../../src/layers/index.ts";
import { quickCompiler } from "../support/quick-compiler.ts";
import { makeSandbox, type Run, type Sandbox } from "../cli/sandbox.ts";

export const kerasFixtures = new URL("../fixtures/keras/", import.meta.url);

/** A recorded array: row-major, NaN and infinity as text. */
export interface Recorded {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** A layer or model as Keras describes it. */
export interface KerasNode {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>> & {
    readonly name?: string;
    readonly layers?: readonly KerasNode[];
  };
}

export interface KerasCase {
  /** `models/digits_64_32_10` */
  readonly path: string;
  readonly files: Readonly<Record<string, string>>;
  readonly keras_config: KerasNode;
  readonly input_shape: readonly (number | null)[];
  readonly inputs: Recorded;
  readonly outputs_float64: Recorded;
}

/** Every case of a folder of the fixtures that has model files. */
export function readCases(folder: "models" | "activation_layers"): readonly KerasCase[] {
  return fs.readdirSync(new URL(`${folder}/`, kerasFixtures)).map((name) => {
    const text = fs.readFileSync(new URL(`${folder}/${name}/case.json`, kerasFixtures), "utf8");
    return { ...(JSON.parse(text) as Omit<KerasCase, "path">), path: `${folder}/${name}` };
  });
}

export const caseFolder = new URL("../fixtures/cases/", import.meta.url);

/** Files of the real producers of each format, with the outputs that these compute, in folders of their own. */
export function caseOf(name: string): Sandbox {
  const folder = new URL(`${name}/`, caseFolder);
  return makeSandbox(
    Object.fromEntries(fs.readdirSync(folder).map((file) => [file, fs.readFileSync(new URL(file, folder))])),
  );
}

export function fixtureBytes(file: string): Uint8Array {
  return new Uint8Array(fs.readFileSync(new URL(file, kerasFixtures)));
}

/** Classes of layers and names of activations in a configuration that Layers does not have (yet). */
export function missingNames(node: KerasNode): readonly string[] {
  const own = (node.config.layers ?? []).flatMap((layer) => {
    if (layer.config.layers !== undefined) return missingNames(layer);
    const activation = layer.config["activation"];
    const missing = layer.class_name === "InputLayer" || findLayer(layer.class_name) ? [] : [layer.class_name];
    return typeof activation === "string" && !findActivation(activation) ? [...missing, activation] : missing;
  });
  return [...new Set(own)];
}

/** Runs `layerc` as a user would, with the real compiler; modules are not laid out. */
export async function layerc(sandbox: Sandbox, ...argv: readonly string[]): Promise<Run> {
  return sandbox.run(argv, { compiler: quickCompiler });
}

/** What became of a file that was imported as a model called `Net` and built. */
export interface Imported {
  readonly sandbox: Sandbox;
  readonly imported: Run;
  readonly source: string;
  readonly weights: Uint8Array;
  readonly forwardBatch: (inputs: Float32Array) => Float32Array;
}

const fixturesBuilt = new Map<string, Promise<Imported>>();

/** `importAndBuild` of a file of a case, `models/xor_2_8_1/model.keras`: once for all tests. Its folder is gone then. */
export function importFixture(fixture: string): Promise<Imported> {
  const file = path.basename(fixture);
  const made = fixturesBuilt.get(fixture) ?? importAndBuild({ [file]: fixtureBytes(fixture) }, file);
  fixturesBuilt.set(fixture, made);
  return made;
}

/** Imports a file as a model called `Net`, builds the result, and gives the generated function. */
export async function importAndBuild(
  files: Readonly<Record<string, string | Uint8Array>>,
  file: string,
  ...options: readonly string[]
): Promise<Imported> {
  const sandbox = makeSandbox(files);
  const imported = await layerc(sandbox, "import", file, "--out-dir", "out", "--name", "Net", ...options);
  expect({ exitCode: imported.exitCode, stderr: imported.exitCode === 0 ? "" : imported.stderr }).toEqual({
    exitCode: 0,
    stderr: "",
  });
  const built = await layerc(sandbox, "build", "out/net.layers", "--emit", "mjs");
  expect({ exitCode: built.exitCode, stderr: built.stderr }).toEqual({ exitCode: 0, stderr: "" });
  const module = (await import(/* @vite-ignore */ pathToFileURL(path.join(sandbox.folder, "out/net.mjs")).href)) as {
    readonly net: { forwardBatch(inputs: Float32Array): Float32Array };
  };
  return {
    sandbox,
    imported,
    source: fs.readFileSync(path.join(sandbox.folder, "out/net.layers"), "utf8"),
    weights: new Uint8Array(fs.readFileSync(path.join(sandbox.folder, "out/net.safetensors"))),
    forwardBatch: (inputs) => module.net.forwardBatch(inputs),
  };
}

/** The body of the only model in a source without the clause of its weights, in one line: `input [3]; Dense(2)`. */
export function bodyOf(source: string): string {
  // A call over several lines is one again.
  const calls = source.replaceAll(/(?<=[([])\n\s+|,\n\s*(?=[)\]])/g, "").replaceAll(/,\n\s+/g, ", ");
  const lines = calls
    .slice(calls.indexOf("{") + 1, calls.lastIndexOf("}"))
    .split("\n")
    .map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("weights ")).join("; ");
}

/** The largest |a - b| / max(1, |b|). Unequal lengths and NaN give infinity. */
export function worstError(found: ArrayLike<number>, expected: Recorded): number {
  if (found.length !== expected.data.length) return Infinity;
  return expected.data.reduce<number>((worst, text, at) => {
    const wanted = Number(text);
    const value = found[at] as number;
    if (Object.is(value, wanted) || (Number.isNaN(value) && Number.isNaN(wanted))) return worst;
    const error = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    return Number.isNaN(error) ? Infinity : Math.max(worst, error);
  }, 0);
}

export function toFloat32(recorded: Recorded): Float32Array {
  return Float32Array.from(recorded.data, Number);
}
