import type { CompileResult } from "../../compile.ts";
import { mergeOptions } from "../../config/options/merge-options.ts";
import { compileOptionNames, optionDefaults } from "../../config/options/values.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { modelEnding } from "../../model-formats/file-names.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import { planTypes, writeTypes } from "../../node/write-types.ts";
import { buildOptions } from "../arguments/build-options.ts";
import { defineCommand } from "../arguments/command.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { Invocation } from "../arguments/invocation.ts";
import { fromTable, type OwnOptions } from "../arguments/option.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { differingLine, outputJson, outputLine } from "../report/output-lines.ts";

const options = {
  types: fromTable,
  weights: fromTable,
  check: { flag: "--check", description: "write nothing; fail when a declaration file is missing or out of date" },
} as const satisfies OwnOptions;

/** `layerc types`: declarations beside model files, for imports of the files themselves. With `--check` nothing is written. */
export const types = defineCommand({
  name: "types",
  description: "write declarations beside model files, so that TypeScript and editors know their imports",
  argument: { kind: "files" },
  options,
  readsConfig: true,
  run: declareFiles,
});

const nothing = { outputs: [] };

async function declareFiles(
  invocation: Invocation<"types", typeof options, { readonly kind: "files" }>,
  environment: Environment,
): Promise<Outcome> {
  const { cwd, files } = environment;
  const host = createNodeHost(cwd, files);
  const found = await findFiles(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, nothing);
  const once = [...new Map(found.value.map((input) => [input.path, input])).values()];
  const inJson = once.find((input) => modelEnding(input.path).toLowerCase() === ".json");
  if (inJson !== undefined) return stopped([jsonModule(inJson.path)], nothing);
  const loaded = await loadSources(once, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, nothing);

  const { compile } = await environment.loadCompiler();
  const compiled: { readonly input: Input; readonly result: CompileResult }[] = [];
  for (const input of loaded.value) {
    const values = mergeOptions(compileOptionNames, buildOptions(invocation, input.path, cwd));
    compiled.push({ input, result: await compile(input.source, { ...values, host, emit: "js" }) });
  }
  const results = compiled.map(({ result }) => result);
  const diagnostics = [...found.diagnostics, ...gatherDiagnostics(results)];
  const outcome = { problems: [], diagnostics, sources: gatherSources(results), text: "", json: nothing };
  if (hasErrors(diagnostics)) return outcome;

  const { types: ending = optionDefaults.types } = invocation;
  const modules = compiled.map(({ input, result }) => ({ file: input.path, result }));
  const places = { cwd, files, ending };
  const made = await (invocation.check === true ? planTypes : writeTypes)(modules, places);
  if (made.diagnostics.length > 0) return { ...outcome, problems: made.diagnostics };
  const json = { outputs: made.value.map(outputJson) };
  if (invocation.check === true) {
    const differing = made.value.filter(({ state }) => state !== "current");
    const text = differing.map((output) => differingLine(output, invocation.command)).join("");
    return { ...outcome, json, failed: differing.length > 0, text };
  }
  const isNew = made.value.some(({ state }) => state === "missing");
  return {
    ...outcome,
    json,
    text: [...made.value.map((output) => outputLine(output)), isNew ? settingNote[ending] : ""].join(""),
  };
}

function jsonModule(file: string): Diagnostic {
  return wrongUsage(undefined, {
    message: `'${file}' is JSON to TypeScript and to bundlers, which have no need of declarations for it`,
    help: "layerc build writes a module of it, or layerc import a model file that can be imported",
  });
}

/** What TypeScript needs to find the files, said when the first of them appear. */
const settingNote = {
  "d.layers.ts":
    'TypeScript reads them with "allowArbitraryExtensions": true in the compilerOptions of tsconfig.json\n',
  "layers.d.ts": 'TypeScript finds them with "moduleResolution": "bundler" in the compilerOptions of tsconfig.json\n',
} as const;
