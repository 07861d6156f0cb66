import { writeSafetensors } from "../../files/write-safetensors.ts";

/** The files of the example. */
export const exampleNames = ["xor.layers", "xor.safetensors"] as const;

/** The scripts for package.json. */
export const scripts = {
  "build:models": "layerc build",
  "check:models": "layerc build --check",
} as const;

/** The same where a bundler builds the models. */
export const bundlerScripts = {
  "types:models": "layerc types",
  "check:models": "layerc types --check",
} as const;

const options = `  // What \`layerc build\`, \`check\`, \`summary\` and \`types\` work on when they are given no files.
  // Files of trained models are found by globs that say their ending, such as "**/*.keras".
  include: ["models/**/*.layers"],

  // Where modules are written. Default: beside each model file.
  // outDir: "src/models",

  // "typescript": readable loops. "wasm": the same with SIMD WebAssembly inside. "auto": for each model the faster one.
  // target: "typescript",

  // "bfloat16" halves the bytes of the weights of dense layers, and rounds them to 8 bits.
  // precision: "float32",

  // "file" puts trained weights into a .safetensors file beside the module instead of into it.
  // weights: "inline",

  // Loops to write out: "auto" what is faster so, "full" all, "none" none.
  // unroll: "auto",

  // What unrolled code is to be fast in: "any", "v8" (Node, Chrome), "jsc" (Safari, Bun), "spidermonkey", "interpreter".
  // engine: "any",

  // What modules end in: "ts" and "mts" are TypeScript, "js" and "mjs" JavaScript with declarations, "cjs" CommonJS.
  // emit: "ts",

  // How \`layerc types\` and the bundler plugins name declarations: digits.d.layers.ts or digits.layers.d.ts.
  // types: "d.layers.ts",

  // Options for some of the files. Where two entries match a file, the later one wins.
  // overrides: [{ files: "models/large/*.layers", target: "wasm", precision: "bfloat16" }],
`;

const explanation = "// Paths and globs are seen from this file's folder. Options of the command line win over these.";

const typedConfig = [
  'import type { LayercConfig } from "layerc";',
  "",
  explanation,
  "export default {",
  `${options}} satisfies LayercConfig;`,
  "",
].join("\n");

/** A commented config. Its type is imported as a type only, so that it also loads where layerc is run by npx. */
export const configTemplates = {
  "layerc.config.ts": typedConfig,
  "layerc.config.mts": typedConfig,
  "layerc.config.mjs": [
    '/** @import { LayercConfig } from "layerc" */',
    "",
    explanation,
    "/** @type {LayercConfig} */",
    "export default {",
    `${options}};`,
    "",
  ].join("\n"),
} as const;

/** A template with the values of options that stand in it as comments. */
export function withOptions(template: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^  // ${name}: .*$`, "m"), `  ${name}: "${value}",`),
    template,
  );
}

/** The example: small enough to follow by hand, with weights, so that what it builds runs at once. */
export const exampleModel = `/// Exclusive or: [0, 1] and [1, 0] give 1, [0, 0] and [1, 1] give 0.
model Xor {
  weights "./xor.safetensors" // trained arrays; .keras and .h5 files of Keras will do as well
  input [2]

  hidden: Dense(2, activation=relu)
  out: Dense(1)
}
`;

/** hidden = relu([a + b, a + b - 1]), out = hidden[0] - 2 hidden[1]. Kernels are [inputs, units]. */
export function exampleWeights(): Uint8Array {
  const array = (name: string, shape: readonly number[], ...values: readonly number[]) => ({
    name,
    shape,
    data: Float32Array.from(values),
  });
  return writeSafetensors([
    array("hidden.kernel", [2, 2], 1, 1, 1, 1),
    array("hidden.bias", [2], 0, -1),
    array("out.kernel", [2, 1], 1, -2),
    array("out.bias", [1], 0),
  ]);
}
