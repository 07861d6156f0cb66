import type { CompileResult } from "../../compile.ts";
import { typesEndings } from "../../config/keys.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { buildOptions } from "../arguments/build-options.ts";
import type { Environment } from "../../node/environment.ts";
import { findFiles } from "../arguments/find-files.ts";
import { formatBytes } from "../report/format-bytes.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import type { Input } from "../../node/inputs.ts";
import type { TypesInvocation } from "../arguments/invocation.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import type { Output } from "../../node/outputs.ts";
import { planTypes, writeTypes } from "../../node/write-types.ts";

const nothing = { outputs: [] };

/** `layerc types`: declarations beside model files, for imports of the files themselves. With `--check` nothing is written. */
export async function types(invocation: TypesInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const host = createNodeHost(cwd, files);
  const found = await findFiles(invocation, environment);
  if (found.diagnostics.length > 0) return stopped(found.diagnostics, nothing);
  const once = [...new Map(found.value.map((input) => [input.path, input])).values()];
  const loaded = await loadSources(once, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, nothing);

  const { compile } = await environment.loadCompiler();
  const compiled: { readonly input: Input; readonly result: CompileResult }[] = [];
  for (const input of loaded.value) {
    const options = buildOptions(invocation, input.path, cwd);
    compiled.push({ input, result: await compile(input.source, { ...options, host, emit: "js" }) });
  }
  const results = compiled.map(({ result }) => result);
  const diagnostics = gatherDiagnostics(results);
  const outcome = { problems: [], diagnostics, sources: gatherSources(results), text: "", json: nothing };
  if (hasErrors(diagnostics)) return outcome;

  const ending = invocation.ending ?? invocation.project?.config.types ?? typesEndings[0];
  const modules = compiled.map(({ input, result }) => ({ file: input.path, result }));
  const options = { cwd, files, ending };
  const made = invocation.check === true ? planTypes(modules, options) : await writeTypes(modules, options);
  if (made.diagnostics.length > 0) return { ...outcome, problems: made.diagnostics };
  const json = {
    outputs: made.value.map(({ source, path, content, state }) => ({ source, path, bytes: content.length, state })),
  };
  if (invocation.check === true) {
    const differing = made.value.filter(({ state }) => state !== "current");
    return { ...outcome, json, failed: differing.length > 0, text: differing.map(checkLine).join("") };
  }
  const isNew = made.value.some(({ state }) => state === "missing");
  return { ...outcome, json, text: [...made.value.map(typesLine), isNew ? settingNote[ending] : ""].join("") };
}

/** What TypeScript needs to find the files, said when the first of them appear. */
const settingNote = {
  "d.layers.ts":
    'TypeScript reads them with "allowArbitraryExtensions": true in the compilerOptions of tsconfig.json\n',
  "layers.d.ts": 'TypeScript finds them with "moduleResolution": "bundler" in the compilerOptions of tsconfig.json\n',
} as const;

/** `digits.layers -> digits.d.layers.ts  1.2 kB` */
function typesLine({ source, path, content, state }: Output): string {
  const note = state === "current" ? " (unchanged)" : "";
  return `${visibleText(source)} -> ${visibleText(path)}  ${formatBytes(content.length)}${note}\n`;
}

function checkLine({ source, path, state }: Output): string {
  const what = state === "missing" ? "is missing" : "is out of date";
  return `${visibleText(path)} ${what}: run layerc types for ${visibleText(source)}\n`;
}
