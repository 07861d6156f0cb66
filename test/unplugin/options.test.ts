import { describe, expect, test } from "vitest";
import { targetNames } from "../../src/targets/index.ts";
import { checkOptions, type LayersOptions } from "../../src/unplugin/options.ts";

const targetWords = `${targetNames.map((name) => JSON.stringify(name)).join(", ")} or "auto"`;

describe("the plugin's options", () => {
  test.each<LayersOptions>([
    {},
    { target: "auto", precision: "bfloat16", unroll: "full", weights: "inline", training: true, types: true },
    { types: "layers.d.ts" },
    { types: false },
  ])("%o are taken", (options) => expect(() => checkOptions(options)).not.toThrow());

  test("an option that is undefined counts as absent", () => {
    expect(() => checkOptions({ target: undefined } as unknown as LayersOptions)).not.toThrow();
  });

  test.each([
    [{ targt: "wasm" }, "layerc's plugin has no option 'targt': did you mean 'target'?"],
    [
      { sourcemap: true },
      /^layerc's plugin has no option 'sourcemap': it takes target, precision, unroll, (\w+, )*weights or types$/,
    ],
    [{ constructor: 1 }, "layerc's plugin has no option 'constructor'"],
    [{ target: "wsm" }, `layerc's plugin expects ${targetWords} for 'target', found "wsm"`],
    [{ unroll: 4 }, `layerc's plugin expects "auto", "full" or "none" for 'unroll', found a value of type number`],
    [{ precision: null }, `layerc's plugin expects "float32", "bfloat16" or "int8" for 'precision', found null`],
    [{ training: "yes" }, `layerc's plugin expects true or false for 'training', found "yes"`],
    [{ weights: "file" }, `layerc's plugin does not take weights: "file": a bundled module carries its weights`],
    [{ types: "d.ts" }, `for 'types', found "d.ts"`],
  ])("%o are refused in words", (options, message) => {
    expect(() => checkOptions(options as LayersOptions)).toThrow(message);
  });
});

test.each(["esbuild", "rolldown", "rollup", "rspack", "vite", "webpack"])(
  "the plugin of %s is a default export, and has a name",
  async (bundler) => {
    const module = (await import(`../../src/unplugin/${bundler}.ts`)) as Readonly<Record<string, unknown>>;
    expect(Object.keys(module).toSorted()).toEqual(["default", "layers"]);
    expect(module["default"]).toBe(module["layers"]);
    expect(module["default"]).toBeTypeOf("function");
  },
);
