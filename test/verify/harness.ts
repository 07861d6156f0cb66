import { runModule } from "../../src/node/run-module.ts";
import type { Host } from "../../src/load/host.ts";
import { verifyAgainst, type VerifyResult } from "../../src/verify/verify-against.ts";
import type { VerifyOptions } from "../../src/verify/verify-model.ts";
import { withoutLayout } from "../support/prettier.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";

/** A host over files by name, as `./name` in the source. */
export function memoryHost(files: Readonly<Record<string, Uint8Array>>): Host {
  return {
    resolve: (_from, relative) => relative.replace(/^\.\//, ""),
    readText: async () => ({ ok: false, reason: "no such file" }),
    readBytes: async (path) => {
      const content = files[path];
      return content === undefined ? { ok: false, reason: "no such file" } : { ok: true, content };
    },
  };
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}

/** Verifies a text against `cases.json`. */
export function verifyText(
  text: string,
  cases: unknown,
  files: Readonly<Record<string, Uint8Array>> = {},
  options: Partial<VerifyOptions> = {},
): Promise<VerifyResult> {
  const content = cases instanceof Uint8Array ? cases : jsonBytes(cases);
  const source = { path: "main.layers", text };
  const settings = { host: memoryHost(files), runModule, ...options };
  return withoutLayout(() => verifyAgainst(source, { path: "cases.json", content }, settings));
}

/** A safetensors file of arrays by name. */
export function weightFile(
  arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>,
): Uint8Array {
  return writeSafetensors(
    Object.entries(arrays).map(([name, { shape, data }]) => ({ name, shape, data: Float32Array.from(data) })),
  );
}

/**
 * `Two`: two inputs, `first` gives `[2x, 2y]`, `second` their sum plus 1; and the weights for it. Its outputs for
 * `[1, 2]` and `[3, 4]` are 7 and 15.
 */
export const two = {
  text: `model Two {
  weights "./two.safetensors"
  input [2]
  first: Dense(2)
  second: Dense(1)
}
`,
  weights: (bias = 1): Readonly<Record<string, Uint8Array>> => ({
    "two.safetensors": weightFile({
      "first.kernel": { shape: [2, 2], data: [2, 0, 0, 2] },
      "first.bias": { shape: [2], data: [0, 0] },
      "second.kernel": { shape: [2, 1], data: [1, 1] },
      "second.bias": { shape: [1], data: [bias] },
    }),
  }),
  inputs: [
    [1, 2],
    [3, 4],
  ],
  outputs: [[7], [15]],
  layers: {
    first: [
      [2, 4],
      [6, 8],
    ],
    second: [[7], [15]],
  },
};
