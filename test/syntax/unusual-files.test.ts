import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { findMends } from "../../src/syntax/dialects/find-mends.ts";
import { readScript } from "../../src/syntax/dialects/script.ts";
import { lex } from "../../src/syntax/lex.ts";
import { checkMistake } from "../mistakes/check-mistake.ts";
import { readMistakes } from "../mistakes/mistake-file.ts";
import { host } from "../mistakes/mistake-host.ts";

/** Model files that are unusual and right: words of other languages as names, braces on lines of their own, code in comments. */
const files = readMistakes(readFileSync(new URL("unusual-files.txt", import.meta.url), "utf8"));

describe("unusual files that are right", () => {
  test.each(files)("$title: nothing is reported", async ({ source }) => {
    const { diagnostics } = await check({ path: "model.layers", text: source }, { host });
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  // Where something else in the file is wrong, habits are looked for in all of it.
  test.each(files)("$title: no habit of another language is found", ({ source }) => {
    const script = readScript({ path: "model.layers", text: source });
    const mends = script && findMends(script);
    expect(mends?.diagnostics.map(({ code, message }) => `${code}: ${message}`) ?? []).toEqual([]);
  });

  test.each(files)("$title: the fixes of a token that is left out come to an end", async ({ source }) => {
    const { tokens } = lex(source);
    for (const [at, { startOffset, image }] of tokens.entries()) {
      // All of them would take long.
      if (at % 5 === 0) await checkMistake(source.slice(0, startOffset) + source.slice(startOffset + image.length));
    }
  });
});
