import { DOMParser, onErrorStopParsing, type Element } from "@xmldom/xmldom";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Model } from "../../src/index.ts";
import { layoutModels } from "../../src/diagram/layout-models.ts";
import { modelDiagram } from "../../src/diagram/model-diagram.ts";
import { modelSvg } from "../../src/diagram/model-svg.ts";
import { leafLayers } from "../../src/lower/leaf-layers.ts";
import { checkModels, exampleModels } from "./check-models.ts";
import { modelFiles } from "./random-models.ts";
import { untidiness } from "./untidiness.ts";

/** An SVG as an XML parser has it that stops at the first error. */
function parse(svg: string): Element {
  // Characters that XML 1.0 has no place for, which this parser takes.
  expect(svg).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const { documentElement } = new DOMParser({ onError: onErrorStopParsing }).parseFromString(svg, "image/svg+xml");
  if (documentElement === null) throw new Error("no element");
  return documentElement;
}

function elements(root: Element, name = "*"): readonly Element[] {
  return [...root.getElementsByTagName(name)];
}

/** Every attribute of that name. */
function attributes(root: Element, name: string): readonly string[] {
  return elements(root).flatMap((element) => element.getAttribute(name) ?? []);
}

function texts(root: Element): readonly string[] {
  return elements(root, "text").map(({ textContent }) => textContent ?? "");
}

function layoutOf(models: readonly Model[]) {
  return layoutModels(models.map((model) => modelDiagram(model)));
}

test.each(["digits", "autoencoder", "sequence"])("%s is drawn as it was", async (name) => {
  await expect(modelSvg(await exampleModels(name))).toMatchFileSnapshot(`./${name}.golden.svg`);
});

test.each(["autoencoder", "deep", "digits", "generator", "iris", "sequence", "two-dense", "xor"])(
  "%s is well-formed and tidy",
  async (name) => {
    const models = await exampleModels(name);
    parse(modelSvg(models));
    expect(untidiness(layoutOf(models))).toEqual([]);
  },
);

test("whatever the models: well-formed, tidy, the same twice, and every place is one of a layer", async () => {
  await fc.assert(
    fc.asyncProperty(modelFiles, async (source) => {
      const models = await checkModels(source);
      const svg = modelSvg(models);
      const root = parse(svg);
      expect(untidiness(layoutOf(models))).toEqual([]);
      expect(modelSvg(models)).toBe(svg);
      const paths = new Set(models.flatMap(pathsOf));
      const drawn = [...attributes(root, "data-layer"), ...attributes(root, "data-last-layer")];
      expect(drawn.filter((path) => !paths.has(path))).toEqual([]);
      const places = elements(root)
        .filter((element) => element.hasAttribute("data-start"))
        .map((element) =>
          source.slice(Number(element.getAttribute("data-start")), Number(element.getAttribute("data-end"))),
        );
      expect(places.filter((place) => !/^(?:Model\d|"|\w+\()/.test(place))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

/** Of all layers, nested models themselves included; with what XML can't have replaced, as in attributes. */
function pathsOf({ layers }: Model): readonly string[] {
  const nested = leafLayers(layers).flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1).join("/")));
  return nested.map((path) => path.replaceAll(/[\ufffe\uffff]/g, "\ufffd"));
}

describe("a drawing", () => {
  test("needs nothing from elsewhere, and runs nothing", async () => {
    const root = parse(modelSvg(await exampleModels("digits")));
    expect(new Set(elements(root).map(({ tagName }) => tagName))).toEqual(
      new Set(["title", "desc", "style", "rect", "g", "path", "text"]),
    );
    expect(root.toString()).not.toMatch(/url\(|@import|href|\son\w+=|\sid=/);
  });

  test("says what it is to those who don't see it", async () => {
    const root = parse(modelSvg(await exampleModels("digits")));
    expect(root.getAttribute("role")).toBe("img");
    expect(elements(root, "title")[0]?.textContent).toBe("Digits");
    expect(elements(root, "desc")[0]?.textContent).toMatch(
      /^Model Digits takes \[64\] and gives \[10\], with 6,570 parameters\. Hand-written digits, [^]* hidden: Dense, relu, to \[64\]; /,
    );
  });

  test("has several models one below the other", async () => {
    const root = parse(modelSvg(await exampleModels("autoencoder")));
    expect(attributes(root, "data-model")).toEqual(["Encoder", "Decoder", "Autoencoder"]);
    const { models } = layoutOf(await exampleModels("autoencoder"));
    expect(models.map(({ y }) => y)).toEqual(models.map(({ y }) => y).toSorted((a, b) => a - b));
  });

  test("shows sizes that are known only at run time by their names", async () => {
    expect(texts(parse(modelSvg(await exampleModels("sequence"))))).toEqual(
      expect.arrayContaining(["[time, 7]", "[time, 12]", "[time, 4]"]),
    );
  });

  test("has boxes that are wider the more they give, within bounds", async () => {
    const sizes = [1, 2, 16, 256, 4096, 65_536, 262_144];
    const [model] = await checkModels(`model M { input [1] ${sizes.map((n) => `Dense(${n}) Dense(1)`).join(" ")} }`);
    const { models } = layoutOf([model as Model]);
    const boxes = models[0]?.parts.filter((part) => part.kind === "box" && part.item !== undefined) ?? [];
    const widths = boxes.map((box) => ("width" in box ? box.width : 0)).filter((_, at) => at % 2 === 0);
    expect(widths).toEqual([208, 222, 260, 312, 364, 416, 416]);
  });

  test("frames nested models, or leaves them closed", async () => {
    const models = await exampleModels("autoencoder");
    const open = parse(modelSvg(models));
    expect(attributes(open, "data-layer")).toContain("encoder/code");
    const closed = parse(modelSvg(models, { expandNested: false }));
    expect(attributes(closed, "data-layer")).toContain("encoder");
    expect(attributes(closed, "data-layer")).not.toContain("encoder/code");
    expect(texts(closed)).toContain("model Encoder");
  });

  test("of no models is empty", () => {
    expect(elements(parse(modelSvg([])), "g")).toEqual([]);
  });
});

describe("places in the source", () => {
  const source = [
    "block Hidden(units) { Dense(units, activation=relu) }",
    "model Inner { input [4] Dense(4, activation=tanh) }",
    "model Outer { input [4] Hidden(4) Inner out: Dense(2) }",
  ].join("\n");

  test("are those of statements, with the use of a block in the model", async () => {
    const root = parse(modelSvg((await checkModels(source)).slice(1)));
    const found = elements(root)
      .filter((element) => element.hasAttribute("data-layer"))
      .map((element) => [element.getAttribute("data-layer"), placed(element, ""), placed(element, "use-")]);
    expect(found).toEqual([
      ["dense", "Dense(units, activation=relu)", "Hidden(4)"],
      ["inner", "Inner", ""],
      ["inner/dense", "Dense(4, activation=tanh)", ""],
      ["out", "out: Dense(2)", ""],
    ]);
  });

  test("of layers in another file are those of what leads there", async () => {
    const text = 'import { Hidden } from "./blocks.layers" model M { input [4] Hidden(8) }';
    const root = parse(modelSvg(await checkModels(text)));
    const starts = elements(root).filter((element) => element.hasAttribute("data-layer"));
    expect(starts.map((element) => element.getAttribute("data-start"))).toEqual(["61", "61"]);
    expect(text.slice(61)).toBe("Hidden(8) }");
  });

  function placed(element: Element, prefix: string): string {
    const [start, end] = [element.getAttribute(`data-${prefix}start`), element.getAttribute(`data-${prefix}end`)];
    return start === null ? "" : source.slice(Number(start), Number(end));
  }
});

describe("names", () => {
  test("that are long lose their middle, and are whole in the title", async () => {
    const name = `first_${"x".repeat(150)}_last`;
    const root = parse(modelSvg(await checkModels(`model M { input [4] ${name}: Dense(3) }`)));
    expect(texts(root).filter((text) => text.includes("…"))).toEqual([expect.stringMatching(/^first_x+…x+_last$/)]);
    expect(elements(root, "title").some(({ textContent }) => textContent?.startsWith(`${name}\n`) === true)).toBe(true);
    expect(attributes(root, "data-layer")).toEqual([name]);
  });

  test.each([
    ["<script>alert(1)", "<script>alert(1)"],
    ["&amp;\"'>", "&amp;\"'>"],
    ["]]>--<![CDATA[", "]]>--<![CDATA["],
    ["a\u202eb\u200b", "a<U+202E>b<U+200B>"],
    ["\uffff\ufffe", "\ufffd\ufffd"],
    ["卷积层 🙂", "卷积层 🙂"],
  ])("%j is drawn as %j", async (name, drawn) => {
    const root = parse(modelSvg(await checkModels(`model M { input [4] ${JSON.stringify(name)}: Dense(3) }`)));
    expect(texts(root)).toContain(drawn);
    expect(attributes(root, "data-layer")).toEqual([name.replaceAll(/[\ufffe\uffff]/g, "\ufffd")]);
  });

  test("that may be wider than they measure can't leave their boxes", async () => {
    const text = 'model M { input [4] "\ufdfd\ufdfd": Dense(3) labels ["\ufdfd", "b", "c"] }';
    const windows = elements(parse(modelSvg(await checkModels(text))), "svg");
    expect(windows.length).toBe(2);
    expect(windows.map((window) => Number(window.getAttribute("width")))).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
  });

  test("of labels are shortened at their end", async () => {
    const labels = Array.from({ length: 1000 }, (_, at) => JSON.stringify(`class number ${at}`));
    const root = parse(modelSvg(await checkModels(`model M { input [4] Dense(1000) labels [${labels.join(", ")}] }`)));
    expect(texts(root).at(-1)).toMatch(/^class number 0, class number 1, [^]*…$/);
  });
});
