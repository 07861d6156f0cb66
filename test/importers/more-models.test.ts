import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { layerc } from "./support.ts";

const folder = new URL("../fixtures/keras_more/", import.meta.url);
const names = fs.readdirSync(folder).filter((name) => !name.endsWith(".md"));

interface Expected {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly shape: readonly number[];
}

interface Net {
  forwardBatch(inputs: Float32Array, output?: undefined, dims?: Readonly<Record<string, number>>): Float32Array;
}

const read = (name: string, file: string) => new Uint8Array(fs.readFileSync(new URL(`${name}/${file}`, folder)));

/** Names of layers and models that Keras' paths of weights leave out, so that an .npz file can't be told apart. */
const npzWithoutNesting = new Set(["nested_functional", "odd_names"]);

/** What an import says of a model that it takes over but for something that has no part in the function. */
const notes: Readonly<Record<string, readonly string[]>> = {
  bfloat16: ["hint[import-precision]"],
  json_constants: ["warning[import-training-dropped]", "warning[import-training-dropped]"],
};

describe.each(names)("%s", (name) => {
  test.each(["model.keras", "model.h5"])(
    "%s computes what Keras does, with the weights of every format",
    async (file) => {
      const expected = JSON.parse(new TextDecoder().decode(read(name, "expected.json"))) as Expected;
      const sandbox = makeSandbox({
        [file]: read(name, file),
        "model.weights.h5": read(name, "model.weights.h5"),
        "weights.npz": read(name, "weights.npz"),
      });
      const imported = await layerc(sandbox, "import", file, "--name", "Net");
      const told = imported.stderr.match(/(warning|hint)\[[a-z-]+\]/g) ?? [];
      expect({ exitCode: imported.exitCode, told }).toEqual({ exitCode: 0, told: notes[name] ?? [] });
      const source = sandbox.contents()["net.layers"] ?? "";
      const others = npzWithoutNesting.has(name) ? ["model.weights.h5"] : ["model.weights.h5", "weights.npz"];
      for (const [index, weights] of ["net.safetensors", ...others].entries()) {
        const stem = `net${index}`;
        const text = source.replace('"./net.safetensors"', `"./${weights}"`);
        fs.writeFileSync(path.join(sandbox.folder, `${stem}.layers`), text);
        const built = await layerc(sandbox, "build", `${stem}.layers`, "--emit", "mjs");
        expect({ exitCode: built.exitCode, stderr: built.stderr }).toEqual({ exitCode: 0, stderr: "" });
        const url = pathToFileURL(path.join(sandbox.folder, `${stem}.mjs`)).href;
        const { net } = (await import(/* @vite-ignore */ url)) as { readonly net: Net };
        const dims = source.startsWith("dim time\n") ? { time: expected.shape[1] as number } : undefined;
        const outputs = net.forwardBatch(Float32Array.from(expected.x), undefined, dims);
        expect(outputs.length).toBe(expected.y.length);
        const errors = expected.y.map((y, at) => Math.abs((outputs[at] as number) - y) / Math.max(1, Math.abs(y)));
        expect(Math.max(...errors)).toBeLessThanOrEqual(2e-6);
      }
    },
  );
});
