import fc from "fast-check";
import { expect, test } from "vitest";
import { occurrencesOf } from "../../src/check/semantics/definition-at.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { moveOffset } from "../../src/language-service/edits/move-offset.ts";
import * as service from "../../src/language-service/index.ts";
import { nodesAt } from "../../src/language-service/tree/nodes-at.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { expandSnippet } from "./expand-snippet.ts";
import { open, path, type OpenText } from "./open.ts";
import { brokenText, lib, rightTexts } from "./written-texts.ts";

const files = {
  "lib.layers": lib,
  "models/other.layers": "block Extra(n) { Dense(n) } model Whole { input [1] Dense(1) } let extra = 1",
};

const place = fc.nat({ max: 9999 }).map((part) => part / 9999);

/** Every question about a file, at an offset and up to another one. */
async function askAll(
  { analysis, surroundings }: OpenText,
  offset: number,
  end: number,
): Promise<Record<string, unknown>> {
  const range = { start: Math.min(offset, end), end: Math.max(offset, end) };
  return {
    actions: await service.codeActions(analysis, range, surroundings),
    lenses: service.codeLenses(analysis),
    time: await service.modelTime(analysis, "M"),
    completions: await service.complete(analysis, offset, surroundings),
    declaration: service.findDeclaration(analysis, offset),
    highlights: service.documentHighlights(analysis, offset),
    links: service.documentLinks(analysis),
    symbols: service.documentSymbols(analysis),
    folds: service.foldingRanges(analysis),
    hover: await service.hover(analysis, offset, surroundings),
    hints: service.inlayHints(analysis, range),
    linked: service.linkedEditingRanges(analysis, offset),
    references: service.findReferences(analysis, offset),
    target: service.prepareRename(analysis, offset),
    renamed: service.rename(analysis, offset, "other_name"),
    selections: service.selectionRanges(analysis, offset),
    tokens: service.semanticTokens(analysis, range),
    signature: service.signatureHelp(analysis, offset),
  };
}

test("no question throws for any text at any place, and every span lies in the text", async () => {
  await fc.assert(
    fc.asyncProperty(brokenText, place, place, async (text, at, to) => {
      const opened = await open(text, files);
      const offset = Math.round(at * text.length);
      const answers = await askAll(opened, offset, Math.round(to * text.length));
      for (const span of spansIn(answers)) {
        const { length } = span.file === path ? text : ((files as Record<string, string>)[span.file] ?? "");
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end, JSON.stringify(span)).toBeLessThanOrEqual(length);
      }
    }),
    { numRuns: 25 },
  );
});

interface FoundSpan {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The spans in an answer, wherever they are. */
function spansIn(answer: unknown): readonly FoundSpan[] {
  if (typeof answer !== "object" || answer === null) return [];
  const own = "file" in answer && "start" in answer && "end" in answer ? [answer as FoundSpan] : [];
  return [...own, ...Object.values(answer).flatMap(spansIn)];
}

test("every completion that is accepted leaves a text that parses", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...rightTexts), place, fc.nat(), async (text, at, choice) => {
      // A place of the text, with what is typed of a word there, or with a whole part of the text still to be written.
      const offset = Math.round(at * text.length);
      for (const [before, from] of [[text, offset] as const, ...withoutPart(text, offset, choice)]) {
        await acceptAll(before, from, choice);
      }
    }),
    { numRuns: 20 },
  );
});

/** The text without a declaration, a statement, an argument or an expression around an offset. */
function withoutPart(text: string, offset: number, choice: number): readonly (readonly [string, number])[] {
  const nodes = nodesAt(parseSource({ path, text }).value, offset).slice(1);
  const span = nodes[choice % Math.max(1, nodes.length)]?.span;
  return span === undefined ? [] : [[text.slice(0, span.start) + text.slice(span.end), span.start]];
}

async function acceptAll(text: string, offset: number, choice: number): Promise<void> {
  const { analysis, surroundings } = await open(text, files);
  const items = await service.complete(analysis, offset, surroundings);
  // A few of many: those of one kind are written alike.
  const some = items.filter((_, index) => items.length < 12 || (index + choice) % 5 === 0);
  for (const { edit, additionalEdits } of some) {
    const accepted = applyEdits(text, [...additionalEdits, { ...edit, text: expandSnippet(edit.text) }]);
    // A layer in place of another one keeps the arguments of that, which is no question of the grammar.
    const errors = parseSource({ path, text: accepted }).diagnostics.filter(
      ({ severity, code }) => severity === "error" && !["foreign-value", "foreign-argument"].includes(code),
    );
    expect(
      errors.map(({ message }) => message),
      `${text.slice(0, offset)}<|>${text.slice(offset)}\n=>\n${accepted}`,
    ).toEqual([]);
  }
}

test("a rename keeps every meaning, and renamed back the files are what they were", async () => {
  const newName = fc.oneof(
    fc.constantFrom(
      "latent",
      "units",
      "rate",
      "time",
      "Steps",
      "Hidden",
      "Dense",
      "relu",
      "input",
      "model",
      "none",
      "x y",
      '"a/b"',
      "dense-1",
      "",
      "😀",
    ),
    fc.stringMatching(/^[A-Za-z_]\w{0,8}$/),
  );
  let renamed = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...rightTexts), fc.nat(), newName, async (text, which, name) => {
      const { analysis } = await open(text, files);
      const places = analysis.result.index.definitions.flatMap(occurrencesOf).filter(({ file }) => file === path);
      const offset = (places[which % places.length] as { start: number }).start;
      const target = service.prepareRename(analysis, offset);
      const result = service.rename(analysis, offset, name);
      if (!result.ok) {
        expect(result.reason.length).toBeGreaterThan(10);
        return;
      }
      if (target?.ok !== true || result.value.length === 0) return;
      renamed++;
      const changed = applyTo({ ...files, [path]: text }, result.value);
      const edit = result.value.find(({ span }) => span.file === path && span.start <= offset && offset <= span.end);
      const moved = moveOffset(
        target.value.span.start,
        result.value.filter(({ span }) => span.file === path),
        "start",
      );
      const { [path]: changedText = "", ...changedFiles } = changed;
      const again = await open(changedText, changedFiles);
      expect(again.analysis.result.diagnostics.map(({ code }) => code)).toEqual(
        analysis.result.diagnostics.map(({ code }) => code),
      );
      expect(edit).toBeDefined();
      const back = service.rename(again.analysis, moved, target.value.text);
      expect(back).toMatchObject({ ok: true });
      expect(applyTo(changed, back.ok ? back.value : [])).toEqual({ ...files, [path]: text });
    }),
    { numRuns: 25 },
  );
  expect(renamed).toBeGreaterThan(5);
});

type Texts = Readonly<Record<string, string>>;

function applyTo(texts: Texts, edits: readonly service.TextEdit[]): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      applyEdits(
        text,
        edits.filter(({ span }) => span.file === name),
      ),
    ]),
  );
}
