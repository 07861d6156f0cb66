import { precisions } from "../../ir/storage-types.ts";
import { engineNames } from "../../passes/engines.ts";
import { targetOptions } from "../../targets/index.ts";
import { moduleKindNames } from "../../targets/module-kinds.ts";
import type { OptionDefinition } from "./definition.ts";

/**
 * The options that decide what is written, by their names in the config, in the plugins and in the library. All types,
 * checks, flags and the cache key come from here; the comments are what editors show.
 */
export const options = {
  /** Where `layerc build` writes. Default: beside each model file. */
  outDir: {
    values: "path",
    flag: "--out-dir <folder>",
    short: "-o",
    commands: {
      build: "where outputs go; folders below a glob's fixed part are kept",
      export: "where the files go; folders below a glob's fixed part are kept",
      import: "where the two files go (default: beside the file)",
    },
    config: "project",
    plugin: false,
    compile: false,
    // The folder that it gives a file is part of the key.
    cacheKey: false,
  },

  /**
   * `typescript`: readable loops. `wasm`: the same module with its kernels as SIMD WebAssembly, and the loops where that
   * can't run. `auto`: for each model the one that is expected to be faster. Default `typescript`.
   */
  target: {
    values: targetOptions,
    flag: "--target <name>",
    commands: {
      build:
        "readable TypeScript (the default), the same with SIMD WebAssembly in it, or for each model what is faster",
      verify: "what to run: TypeScript, WebAssembly, or what is expected to be faster",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /**
   * What the kernels of dense layers are stored as; all else is float32. With `int8` the large ones are computed in integers.
   * Default `float32`.
   */
  precision: {
    values: precisions,
    flag: "--precision <type>",
    commands: {
      build:
        "what the kernels of dense layers are stored as: all digits, half the bytes, or a quarter, computed in integers",
      verify:
        "what the kernels of dense layers are stored as: all digits, half the bytes, or a quarter, computed in integers",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /**
   * Where bound weights go: into the module, or into a safetensors file beside it. Default `inline`. A bundled module
   * carries its weights: the plugins take nothing else than `inline`.
   */
  weights: {
    values: ["inline", "file"],
    flag: "--weights <where>",
    commands: {
      build: "bound weights go into the module, or into a .safetensors file beside it, named after the model",
      types: "where build or a plugin puts bound weights",
    },
    config: "file",
    plugin: ["inline"],
    compile: true,
    cacheKey: true,
  },

  /** `auto` unrolls what is faster unrolled, `full` everything, `none` nothing. Default `auto`. */
  unroll: {
    values: ["auto", "full", "none"],
    flag: "--unroll <how>",
    commands: {
      build: "loops to write out: what is faster so, all, or none",
      verify: "loops to write out: what is faster so, all, or none",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /**
   * Whether code multiplies by weights that are 0, too. Without it, straight-line code leaves them out and loops skip
   * blocks of them, which differs where an input is not finite. Default `false`.
   */
  keepZeros: {
    values: "switch",
    flag: "--keep-zeros",
    commands: {
      build: "multiply by weights of 0, too: what is not finite spreads as in Keras",
      verify: "multiply by weights of 0, too",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /**
   * What unrolled code is to be fast in. `any`: never slower than plain loops, whichever engine runs it. `v8` (Node, Deno,
   * Chrome), `jsc` (Safari, Bun), `spidermonkey` (Firefox): as much as pays there. `interpreter` (Hermes, QuickJS, XS): all but
   * the largest models written out. Default `any`.
   */
  engine: {
    values: engineNames,
    flag: "--engine <name>",
    commands: {
      build:
        "what unrolled code is to be fast in: every engine, that of Node and Chrome, of Safari and Bun, of Firefox, or one without a compiler",
      verify: "what unrolled code is to be fast in",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /**
   * What a module's file ends in. `ts` and `mts` are TypeScript, `js` and `mjs` JavaScript with declarations, `cjs` is
   * CommonJS with declarations. Default `ts`; in a package of `"type": "commonjs"` a build writes `.mts`, and `.mjs` for `js`.
   */
  emit: {
    values: moduleKindNames,
    flag: "--emit <ending>",
    commands: { build: "write TypeScript, or JavaScript with declarations; cjs is CommonJS" },
    config: "file",
    // Bundlers take modules of JavaScript.
    plugin: false,
    compile: true,
    cacheKey: true,
  },

  /** Whether a module also exports a trainer of each model with a `compile` clause: `create<Name>Trainer`. Default `false`. */
  training: {
    values: "switch",
    flag: "--training",
    commands: {
      build: "put a trainer of each model with a compile clause into the module: create<Name>Trainer",
      types: "declare the trainers that build or a plugin puts into modules",
    },
    config: "file",
    plugin: "same",
    compile: true,
    cacheKey: true,
  },

  /** A cases file whose samples go into the module. */
  selfTest: {
    values: "path",
    flag: "--self-test <cases>",
    commands: { build: "put the samples of a cases file into the module, which then exports selfTest()" },
    config: "file",
    plugin: false,
    // `compile` gets the file's content.
    compile: false,
    cacheKey: true,
  },

  /**
   * How `layerc types` and the bundler plugins name declarations, by the end of the name; default `d.layers.ts`. The plugins
   * also take whether to write them; default: yes where the project has a tsconfig.json.
   */
  types: {
    values: ["d.layers.ts", "layers.d.ts"],
    flag: "--ending <ending>",
    commands: { types: "what the names end in: digits.d.layers.ts (the default), or digits.layers.d.ts" },
    config: "project",
    plugin: [true, false, "d.layers.ts", "layers.d.ts"],
    compile: false,
    // Of the files of a build none is named by it.
    cacheKey: false,
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;
