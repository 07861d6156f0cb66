import { describe, expect, test } from "vitest";
import { lowerToGraph } from "../../../src/lower/model-to-graph.ts";
import { optimizeGraph } from "../../../src/passes/graph/index.ts";
import { assembleModules } from "../../../src/targets/wasm/assemble.ts";
import { graphOf, modelOf } from "../../vectors/programs.ts";

/**
 * The WebAssembly text of whole models, to read and to see what a change does to it. `npx vitest run --config
 * test/vitest.config.ts test/targets/wasm/text -u` writes the files anew.
 */
const samples: Readonly<Record<string, readonly [set: "relaxed" | "plain", source: string]>> = {
  dense: ["relaxed", "model Net { input [4]  Dense(8, relu)  Dense(3, softmax) }"],
  wide: ["relaxed", "model Net { input [2100]  Dense(9) }"],
  normalization: ["plain", "dim time  model Net { input [time, 6]  LayerNormalization()  Dense(2, use_bias=false) }"],
  embedding: ["plain", "model Net { input [3]  Embedding(5, 2)  GlobalAveragePooling1D() }"],
};

test.each(Object.entries(samples))("%s", async (name, [set, source]) => {
  const modules = await assembleModules(graphOf(await modelOf(source)), 16);
  await expect(modules?.[set].text).toMatchFileSnapshot(`./${name}.golden.wat.txt`);
});

test("blocks", async () => {
  const kernel = Float32Array.from({ length: 48 * 10 }, (_, at) => (at < 10 * 4 ? at + 1 : 0));
  const arrays = new Map([
    ["dense/kernel", kernel],
    ["dense/bias", kernel.slice(0, 10)],
  ]);
  const stated = lowerToGraph(await modelOf("model Net { input [48]  Dense(10, relu) }"));
  const modules = await assembleModules(optimizeGraph(stated, { arrays, precision: "float32" }), 1);
  await expect(modules?.relaxed.text).toMatchFileSnapshot("./blocks.golden.wat.txt");
});

describe("the text of modules", () => {
  const texts = async (source: string): Promise<readonly string[]> => {
    const modules = await assembleModules(graphOf(await modelOf(source)), 16);
    return [modules?.relaxed.text ?? "", modules?.plain.text ?? ""];
  };

  test("uses fused multiply-adds in the module that needs relaxed SIMD, and nowhere else", async () => {
    for (const [, source] of Object.values(samples)) {
      const [relaxed = "", plain = ""] = await texts(source);
      expect(plain).not.toContain("relaxed");
      if (source.includes("Dense")) expect(relaxed).toContain("f32x4.relaxed_madd");
    }
  });

  test("declares no local that it doesn't use, and no function that nothing calls", async () => {
    for (const [, source] of Object.values(samples)) {
      for (const text of await texts(source)) {
        for (const body of text.split("(func ").slice(1)) {
          for (const [, local] of body.matchAll(/\(local (\$[^\s)]+)/g)) {
            expect(
              body.split(`${local}`).some((rest, at) => at > 1 && /^[\s)]/.test(rest)),
              `${local} of ${body}`,
            ).toBe(true);
          }
        }
        for (const [, name] of text.matchAll(/\(func (\$[^\s)]+)/g)) {
          expect(text.includes(`(call ${name}`) || /^\$(run|one)$/.test(name as string), name).toBe(true);
        }
      }
    }
  });
});
