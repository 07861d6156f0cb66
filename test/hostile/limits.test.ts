import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MAX_DIAGNOSTICS, MAX_TEXT_LENGTH } from "../../src/diagnostics/limits.ts";
import { limits } from "../../src/check/limits.ts";
import { check, compile } from "../../src/index.ts";
import { MAX_FILES, MAX_IMPORT_DEPTH } from "../../src/load/limits.ts";
import { budget } from "../../src/passes/budget.ts";
import { checkBackEndLimits } from "../../src/stages/check-limits.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import {
  MAX_BRACKET_DEPTH,
  MAX_EXPRESSION_DEPTH,
  MAX_SOURCE_LENGTH,
  MAX_SYNTAX_ERRORS,
} from "../../src/syntax/limits.ts";
import * as weightLimits from "../../src/files/limits.ts";
import { safetensorsFile } from "../support/safetensors-file.ts";
import { hostOf } from "./examples.ts";

test("the reference states every limit as it is", () => {
  const reference = readFileSync(new URL("../../grammar/README.md", import.meta.url), "utf8");
  const [, section = ""] = reference.split("\n## Limits\n");
  const stated = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| .* \| ([\d,]+) \|$/gm)].map((match) =>
    Number((match[1] ?? "").replaceAll(",", "")),
  );
  expect(stated).toEqual([
    MAX_SOURCE_LENGTH,
    MAX_BRACKET_DEPTH,
    MAX_EXPRESSION_DEPTH,
    MAX_SYNTAX_ERRORS,
    MAX_DIAGNOSTICS,
    MAX_TEXT_LENGTH,
    MAX_FILES,
    MAX_IMPORT_DEPTH,
    limits.layers,
    limits.expansionDepth,
    limits.expansionSteps,
    limits.parameters,
    limits.axisSize,
    limits.rank,
    limits.tensorElements,
    weightLimits.maxFileBytes,
    weightLimits.maxArrayBytes,
    weightLimits.maxJsonBytes,
    weightLimits.maxArchiveMembers,
    weightLimits.maxEntries,
    weightLimits.maxDepth,
    weightLimits.maxRank,
    budget.inlineParameters,
    budget.moduleLayers,
    budget.longestCode,
  ]);
});

describe("limits of generated code", () => {
  test("a forced unroll beyond what engines optimise is a warning, and obeyed", async () => {
    const small = "model M { input [32] Dense(32, use_bias=false) }";
    const large = "model M { input [32] «Dense(33, use_bias=false)» }";
    expect((await compile(small, { unroll: "full" })).diagnostics).toEqual([]);
    const { diagnostics, files } = await compile(large.replaceAll(/[«»]/g, ""), { unroll: "full" });
    expect(diagnostics).toMatchObject([
      {
        code: "unroll-beyond-optimizer",
        severity: "warning",
        span: { start: large.indexOf("«"), end: large.indexOf("»") - 1 },
      },
    ]);
    expect(files.length).toBe(1);
    expect((await compile(large.replaceAll(/[«»]/g, ""))).diagnostics).toEqual([]);
  });

  test("code beyond the limit is an error", async () => {
    const text = "model M { input [1000] Dense(1000) }";
    const { diagnostics, files } = await compile(text, { unroll: "full" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["code-too-large"]);
    expect(files).toEqual([]);
  });

  test("weights beyond what a module can hold are an error; a file holds them", async () => {
    const { models } = await check(`model M { input [${2 ** 13}] Dense(${2 ** 13}) Dense(1) }`);
    const [model] = models;
    if (model === undefined) throw new Error("the model is wrong");
    const codes = async (kind: "inline" | "argument"): Promise<readonly string[]> => {
      const binding = kind === "inline" ? { kind, arrays: new Map() } : { kind };
      return checkBackEndLimits([await planModel(lowerModel({ model, binding }))]).map(({ code }) => code);
    };
    expect(await codes("inline")).toEqual(["inline-weights-too-large"]);
    expect(await codes("argument")).toEqual([]);
  });
});

describe("limits of weight files", () => {
  const entry = { path: "m.layers", text: 'model M { weights "./w.safetensors" input [2] Dense(1) }' };
  const problem = async (bytes: Uint8Array): Promise<string> => {
    const { diagnostics } = await check(entry, { host: hostOf(new Map([["w.safetensors", bytes]])) });
    return diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n");
  };
  const empty = (shape: string): string => `{"dtype":"F32","shape":${shape},"data_offsets":[0,0]}`;

  test("axes of an array", async () => {
    const shape = `[0${",1".repeat(weightLimits.maxRank)}]`;
    expect(await problem(safetensorsFile(`{"dense.kernel":${empty(shape)}}`))).toMatch(/^weights-too-large: .*33 axes/);
  });

  test("levels of nesting", async () => {
    const name = Array.from({ length: weightLimits.maxDepth + 2 }, () => "a").join(".");
    expect(await problem(safetensorsFile(`{"${name}.kernel":${empty("[0]")}}`))).toMatch(/^weights-too-large: /);
  });

  test("layers and groups", async () => {
    const arrays = Array.from({ length: weightLimits.maxEntries + 1 }, (_, at) => `"l${at}.kernel":${empty("[0]")}`);
    expect(await problem(safetensorsFile(`{${arrays.join()}}`))).toMatch(/^weights-too-large: /);
  });

  test("bytes of a header", async () => {
    const bytes = new Uint8Array(weightLimits.maxJsonBytes + 16);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(weightLimits.maxJsonBytes + 1), true);
    bytes[8] = "{".charCodeAt(0);
    expect(await problem(bytes)).toMatch(/^weights-too-large: /);
  });

  test("bytes of a file", async () => {
    // Nothing but its length is looked at; the memory is never touched.
    expect(await problem(new Uint8Array(weightLimits.maxFileBytes + 1))).toMatch(/^weights-too-large: /);
  });
});
