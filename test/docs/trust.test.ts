import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { maxCasesBytes, maxJsonCasesBytes } from "../../src/cases/limits.ts";
import { limits } from "../../src/check/limits.ts";
import { formatCount } from "../../src/diagnostics/format-count.ts";
import * as files from "../../src/files/limits.ts";
import { MAX_FILES, MAX_IMPORT_DEPTH } from "../../src/load/limits.ts";
import * as node from "../../src/node/limits.ts";
import { MAX_BRACKET_DEPTH, MAX_EXPRESSION_DEPTH, MAX_SOURCE_LENGTH } from "../../src/syntax/limits.ts";

const page = readFileSync(new URL("../../src/node/trust.md", import.meta.url), "utf8");

test.each<readonly [row: string, ...numbers: readonly number[]]>([
  ["a file of text, also from standard input", node.maxTextBytes, MAX_SOURCE_LENGTH],
  ["a config, package.json, tsconfig.json", node.maxConfigBytes],
  ["a model or weight file, a member of an archive", node.maxBinaryBytes],
  ["a model or weight file, a member of an archive", files.maxFileBytes],
  ["all arrays of a file together", files.maxArrayBytes, files.maxInflation],
  ["members of an archive", files.maxArchiveMembers],
  ["a JSON text", files.maxJsonBytes, 500],
  ["axes of an array", files.maxRank],
  ["groups and arrays of an HDF5 file, by paths", files.maxEntries],
  ["a cases file", maxCasesBytes, maxJsonCasesBytes],
  ["files of one compilation, imports in a row", MAX_FILES, MAX_IMPORT_DEPTH],
  ["brackets in each other, levels of an expression", MAX_BRACKET_DEPTH, MAX_EXPRESSION_DEPTH],
  ["layers of a model, statements expanded", limits.layers, limits.expansionSteps],
  ["parameters of a model, elements of a tensor", limits.parameters],
  ["parameters of a model, elements of a tensor", limits.tensorElements],
  ["folders that a glob goes through", node.mostFolders],
])("the page on trust has the bounds of the code: %s", (row, ...numbers) => {
  const line = page.split("\n").find((one) => one.startsWith(`| ${row} |`));
  const said = [...(line ?? "").matchAll(/\d+(?:,\d{3})*/g)].map(([number]) => number);
  expect(said).toEqual(expect.arrayContaining(numbers.map((number) => formatCount(Number(number)))));
});
