import { expect, test } from "vitest";
import * as service from "../../src/language-service/index.ts";
import { open } from "./open.ts";

/** Characters of one, two and four bytes of UTF-16, in all places where any character may stand. */
const marked = `/* 😀𝔘 é */ let 𝓍 = 1 /// 😀
let width = 3 // 😀
import { Hidden } from "./😀.layers"
/// 😀 doc
model M { /* 😀 */ input [4] "😀": Hidden(width) "l😀": Den<|>se(width, relu) labels ["😀", "b", "c"] weights "./😀.keras" }`;

const files = { "😀.layers": "block Hidden(units) { Dense(units) }" };

test("places are counted in UTF-16 code units, as in JavaScript, behind any characters", async () => {
  const { analysis, text, offset, surroundings } = await open(marked, files);
  const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);

  const hover = await service.hover(analysis, offset, surroundings);
  expect(hover && cut(hover.span)).toBe("Dense");
  const width = text.indexOf("width, relu");
  expect(service.documentHighlights(analysis, width).map(({ span }) => cut(span))).toEqual(["width", "width", "width"]);
  expect(service.findDeclaration(analysis, width)?.span).toMatchObject({ start: text.indexOf("let width") });
  const renamed = service.rename(analysis, width, "w");
  expect(renamed.ok && renamed.value.map(({ span }) => cut(span))).toEqual(["width", "width", "width"]);
  expect(service.documentLinks(analysis).map(({ span }) => cut(span))).toEqual(["./😀.layers", "./😀.keras"]);
  expect(service.documentSymbols(analysis).map(({ selection }) => cut(selection))).toContain("width");
  const hints = service.inlayHints(analysis).map(({ offset: at, label }) => `${text.slice(at - 6, at)}|${label}`);
  expect(hints).toEqual(["idden(|units=", "width)|-> [3]", "Dense(|units=", "idth, |activation=", " relu)|-> [3]"]);
  expect(service.selectionRanges(analysis, offset).map(cut)).toEqual(
    expect.arrayContaining(["Dense", "Dense(width, relu)", '"l😀": Dense(width, relu)', text]),
  );
  const tokens = service.semanticTokens(analysis).map((token) => `${cut(token)} ${token.type}`);
  expect(tokens).toEqual(
    expect.arrayContaining([
      "// 😀 comment",
      '"😀" string',
      '"l😀" label',
      "Dense class",
      "relu enumMember",
      "M struct",
    ]),
  );
  const {
    analysis: broken,
    offset: at,
    text: brokenText,
  } = await open(marked.replace("Den<|>se(width, relu)", "Den<|>"), files);
  const [item] = (await service.complete(broken, at)).filter(({ label }) => label === "Dense");
  expect(item && brokenText.slice(item.edit.span.start, item.edit.span.end)).toBe("Den");
});
