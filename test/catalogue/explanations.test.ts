import { describe, expect, test } from "vitest";
import { exampleHost } from "../../src/catalogue/example-host.ts";
import { showExample } from "../../src/catalogue/show-example.ts";
import { catalogue } from "../../src/cli/catalogue.ts";
import { check } from "../../src/compile.ts";

const definitions = catalogue.flatMap(({ diagnostics }) => diagnostics);

describe("every diagnostic is explained", () => {
  test.each(definitions.map((definition) => [definition.code, definition] as const))("%s", async (code, definition) => {
    const { meaning, example } = definition.explain();
    expect(meaning).toMatch(/^[^\n|]+[.]$/);
    expect(meaning).not.toBe(definition.summary);
    let codes: readonly string[] = [];
    const shown = await showExample(definition, async (source, options) => {
      const result = await check(source, options);
      codes = result.diagnostics.map((one) => one.code);
      return result;
    });
    expect(shown.diagnostic.code).toBe(code);
    expect(shown.diagnostic.severity).toBe(definition.severity);
    if (example.kind !== "source") {
      expect(example.mended).not.toBe(example.text);
      return;
    }

    expect(codes, "the example has the diagnostic, and no other").toEqual([code]);
    expect(shown.diagnostic.span, "it has a place").toBeDefined();
    expect(example.mended === undefined, "written only where no fix makes it").toBe(shown.diagnostic.fix !== undefined);
    expect(shown.mended, "it can be mended").toBeDefined();
    const text = shown.mended ?? "";
    const mended = await check(
      { path: "model.layers", text },
      { host: exampleHost({ ...example.files, "model.layers": text }) },
    );
    expect(
      mended.diagnostics.map((one) => one.code),
      "nothing is left to say of the mended source",
    ).toEqual([]);
  });
});
