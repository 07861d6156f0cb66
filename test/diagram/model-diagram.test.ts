import { describe, expect, test } from "vitest";
import type { DiagramItem } from "../../src/diagram/diagram.ts";
import { modelDiagram, type DiagramOptions } from "../../src/diagram/model-diagram.ts";
import { modelMermaid } from "../../src/diagram/model-mermaid.ts";
import { modelSvg } from "../../src/diagram/model-svg.ts";
import { checkModels } from "./check-models.ts";

/** The items of the last model, as short words: `dense`, `3 x (dense dropout)`, `encoder (dense)`, `... 12`. */
async function itemsOf(text: string, options?: DiagramOptions): Promise<string> {
  const model = (await checkModels(text)).at(-1);
  if (model === undefined) throw new Error("no model");
  return words(modelDiagram(model, options).items);
}

function words(items: readonly DiagramItem[]): string {
  return items.map(word).join(" ");
}

function word(item: DiagramItem): string {
  switch (item.kind) {
    case "layer":
      return item.path.join("/");
    case "nested":
      return `${item.path.join("/")} (${words(item.items)})`;
    case "repeat":
      return `${item.count} x (${words(item.items)})`;
    case "omitted":
      return `... ${item.layers}`;
  }
}

describe("equal layers in a row", () => {
  test.each([
    ["repeat 2 { Dense(4) }", "dense dense_1"],
    ["repeat 3 { Dense(4) }", "3 x (dense)"],
    ["Dense(4) Dense(4) Dense(4) Dense(5)", "3 x (dense) dense_3"],
    ["repeat 5 { Dense(4) Dropout(0.1) }", "5 x (dense dropout)"],
    ["Dense(4) repeat 5 { Dropout(0.1) Dense(4) } Dropout(0.1)", "6 x (dense dropout)"],
    ["repeat 3 { Dense(4, activation=relu) } repeat 3 { Dense(4) }", "3 x (dense) 3 x (dense_3)"],
    // Seeds and initializers act in training only.
    ["Dense(4, kernel_initializer=zeros) Dense(4) Dense(4, kernel_initializer=ones)", "3 x (dense)"],
    ["LeakyReLU(0.1) LeakyReLU(0.2) LeakyReLU(0.1)", "leaky_re_lu leaky_re_lu_1 leaky_re_lu_2"],
    // The kernel of the first one is larger.
    ["Dense(2) Dense(2) Dense(2) Dense(2)", "dense 3 x (dense_1)"],
  ])("%s", async (body, expected) => {
    expect(await itemsOf(`model M { input [4] ${body} }`)).toBe(expected);
  });

  test("are nested models, too, and lie in them", async () => {
    const inner = "model Inner { input [4] repeat 4 { Dense(4) } }";
    expect(await itemsOf(`${inner} model M { input [4] repeat 3 { Inner } }`)).toBe("3 x (inner (4 x (inner/dense)))");
  });

  test("sum up", async () => {
    const [model] = await checkModels("model M { input [4] repeat 12 { Dense(4) Dropout(0.1) } }");
    expect(model && modelDiagram(model).items).toMatchObject([
      { kind: "repeat", count: 12, parameters: 12 * 20, layers: 24, lastPath: ["dropout_11"] },
    ]);
  });
});

describe("models beyond the bound", () => {
  const chain = (layers: number): string =>
    Array.from({ length: layers }, (_, at) => `Dense(${(at % 97) + 2})`).join(" ");

  test("lose their middle", async () => {
    expect(await itemsOf(`model M { input [4] ${chain(12)} }`, { maxLayers: 5 })).toBe(
      "dense dense_1 ... 8 dense_10 dense_11",
    );
  });

  test("lose what is in nested models", async () => {
    const inner = `model Inner { input [4] ${chain(8)} Dense(4) }`;
    const outer = "model M { input [4] Inner Dense(4) }";
    expect(await itemsOf(`${inner} ${outer}`, { maxLayers: 100 })).toMatch(/^inner \(inner\/dense [^]*\) dense$/);
    expect(await itemsOf(`${inner} ${outer}`, { maxLayers: 8 })).toBe(
      "inner (inner/dense inner/dense_1 inner/dense_2 ... 4 inner/dense_7 inner/dense_8) dense",
    );
    expect(await itemsOf(`${inner} ${outer}`, { maxLayers: 3 })).toBe("inner dense");
  });

  test("are not looked into where models are too deep within one another", async () => {
    const models = Array.from({ length: 12 }, (_, at) => `model M${at + 1} { input [4] M${at} Dense(4) }`);
    const items = await itemsOf(`model M0 { input [4] Dense(4) } ${models.join(" ")}`);
    expect(items.match(/\(/g)?.length).toBe(6);
    expect(items).toContain("m11/m10/m9/m8/m7/m6/m5");
    expect(items).not.toContain("m5/m4");
  });

  test("give drawings of a bounded size", async () => {
    const models = await checkModels(`model M { input [4] ${chain(1000)} }`);
    expect(modelSvg(models).length).toBeLessThan(100_000);
    expect(modelSvg(models)).toContain(">901 layers<");
    // What Mermaid reads at most.
    expect(modelMermaid(models).length).toBeLessThan(50_000);
    const many = await checkModels(
      Array.from({ length: 60 }, (_, at) => `model M${at} { input [4] ${chain(20)} }`).join(" "),
    );
    expect(modelMermaid(many).length).toBeLessThan(50_000);
    expect(modelMermaid(many).match(/-->/g)?.length).toBeLessThanOrEqual(500);
  });
});
