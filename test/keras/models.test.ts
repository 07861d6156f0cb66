import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileCode, type TextOptions } from "../targets/support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel, type AnyModule } from "../targets/support/run-module.ts";
import { typeCheck, type TypeChecked } from "../targets/support/type-check.ts";
import { layersText, missing, readCases, values, worstError, type KerasCase } from "./keras-case.ts";

const cases = readCases();
const applicable = cases.filter((keras) => missing(keras.keras_config) === undefined);
const formats = { keras: "model.keras", weights_h5: "model.weights.h5", legacy_h5: "model.h5" } as const;

/** One way to compile and run a case. */
interface Variant extends Omit<TextOptions, "files"> {
  /** Of the file that the `weights` clause names. */
  readonly format: keyof typeof formats;
  /** Without a clause: the arrays come in at run time. */
  readonly argument?: boolean;
}

interface Job {
  readonly keras: KerasCase;
  readonly variant: Variant;
  readonly title: string;
  readonly moduleName: string;
}

const variants: readonly Variant[] = [
  { format: "keras" },
  { format: "weights_h5" },
  { format: "legacy_h5" },
  { format: "keras", unroll: "full" },
  { format: "keras", unroll: "none" },
  { format: "keras", emit: "js" },
  { format: "keras", weights: "file" },
  { format: "keras", weights: "file", unroll: "none", emit: "js" },
  { format: "keras", argument: true },
  { format: "keras", argument: true, unroll: "full", emit: "js" },
  { format: "keras", argument: true, unroll: "none" },
  { format: "keras", target: "wasm", emit: "js" },
  { format: "keras", target: "wasm", weights: "file" },
];

/** Past V8's limit straight-line code of this size takes minutes to check and run; smaller models cover the path. */
const largestUnrolled = 20_000;

const jobs = applicable.flatMap((keras) => {
  const available = variants.filter((variant) => {
    const size = (keras as unknown as { total_params: number }).total_params;
    return formats[variant.format] in invert(keras.files) && (variant.unroll !== "full" || size <= largestUnrolled);
  });
  // A case without a `.keras` file runs everything from the file it has.
  const usable =
    available.length > 1 ? available : variants.map((variant) => ({ ...variant, format: "legacy_h5" as const }));
  return usable.map((variant, at): Job => {
    const { format, argument, ...options } = variant;
    const title = [formats[format], ...Object.values(options), ...(argument === true ? ["argument"] : [])].join(", ");
    return { keras, variant, title, moduleName: `${keras.name}_${at}` };
  });
});

function invert(files: Readonly<Record<string, string>>): Readonly<Record<string, true>> {
  return Object.fromEntries(Object.values(files).map((file) => [file, true]));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

let checked: TypeChecked;
/** For the variants of a case that take its arrays at run time. */
const weightFiles = new Map<KerasCase, Uint8Array>();
const models = new Map<Job, () => Promise<AnyModel>>();

beforeAll(async () => {
  const texts = new Map<string, string>();
  // Variants of a case that differ in the file of their weights give one text.
  const modules = new Map<string, () => Promise<AnyModule>>();
  for (const job of jobs) {
    const { format, argument, ...options } = job.variant;
    const weights = argument === true ? undefined : formats[format];
    const source = (clause?: string): string =>
      layersText(job.keras.keras_config, {
        ...(clause === undefined ? {} : { weights: clause }),
        names: job.keras.name === "custom_names",
      });
    const bytes = (): Uint8Array => new Uint8Array(readFileSync(new URL(formats[format], job.keras.folder)));
    const files = { [formats[format]]: bytes() };
    const { text, declarations, sidecars } = await compileCode(source(weights), { ...options, files });
    const sidecar = async (): Promise<Uint8Array | undefined> => {
      if (options.weights === "file") return sidecars.get("net.weights.safetensors");
      const known = weightFiles.get(job.keras);
      if (known !== undefined) return known;
      const made = await compileCode(source(formats[format]), { files, weights: "file" });
      const file = made.sidecars.get("net.weights.safetensors");
      if (file !== undefined) weightFiles.set(job.keras, file);
      return file;
    };
    const instance = async (module: AnyModule): Promise<AnyModel> => {
      if ("net" in module) return modelOf(module, "net");
      return createModel(module, "Net", (await sidecar()) ?? {});
    };
    const known = modules.get(text + declarations);
    const module = known ?? once(() => (options.emit === "js" ? runModule(text) : checked.run(job.moduleName)));
    if (known === undefined) {
      texts.set(
        `${job.moduleName}.${options.emit === "js" ? "d.ts" : "ts"}`,
        options.emit === "js" ? declarations : text,
      );
      modules.set(text + declarations, module);
    }
    models.set(job, async () => instance(await module()));
  }
  checked = await typeCheck(texts);
});

afterAll(() => checked?.dispose());

test("the recorded cases are the ones expected", () => {
  const reasons = Object.fromEntries(
    cases.flatMap((keras) => {
      const reason = missing(keras.keras_config);
      return reason === undefined ? [] : [[keras.name, reason]];
    }),
  );
  expect({ applicable: applicable.length, runs: jobs.length, notApplicable: reasons }).toMatchInlineSnapshot(`
    {
      "applicable": 40,
      "notApplicable": {
        "dense_callable_activation_config": "an activation that is a layer",
      },
      "runs": 503,
    }
  `);
});

test("every generated module passes the strict type check", () => {
  expect(checked.errors).toBe("");
});

describe.each(applicable)("$name", (keras) => {
  const inputs = values(keras.inputs);
  const expected = values(keras.outputs_float64);
  test.each(jobs.filter((job) => job.keras === keras))("$title", async (job) => {
    const model = await models.get(job)!();
    const samples = keras.inputs.shape[0]!;
    expect(samples).toBeGreaterThan(0);

    const batch = model.forwardBatch(inputs);
    expect(worstError(batch, expected)).toBeLessThanOrEqual(1);

    const given = new Float32Array(expected.length).fill(NaN);
    expect(model.forwardBatch(inputs, given)).toBe(given);
    expect(given).toEqual(batch);

    const [inputSize, outputSize] = [inputs.length / samples, expected.length / samples];
    for (let sample = 0; sample < samples; sample++) {
      const input = inputs.slice(sample * inputSize, (sample + 1) * inputSize);
      const together = batch.slice(sample * outputSize, (sample + 1) * outputSize);
      const output = model.forward(input);
      // On WebAssembly, tiles of rows add up in another order than single rows do.
      if (job.variant.target === "wasm") expect(worstError(output, Float64Array.from(together))).toBeLessThanOrEqual(1);
      else expect(output).toEqual(together);
      const target = new Float32Array(outputSize).fill(NaN);
      expect(model.forward(Array.from(input), target)).toBe(target);
      expect(target).toEqual(output);
      // The recorded inputs are float32 values.
      expect(model.forward(Float32Array.from(input))).toEqual(output);
    }
  });
});
