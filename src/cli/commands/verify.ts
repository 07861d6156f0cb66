import { mergeOptions } from "../../config/options/merge-options.ts";
import { verifyOptionNames } from "../../config/options/values.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Environment } from "../../node/environment.ts";
import { projectFileOptions } from "../../node/project-config.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath } from "../../node/paths.ts";
import { readCasesFile } from "../../node/read-cases-file.ts";
import { runModule } from "../../node/run-module.ts";
import { defaultPrecision } from "../../ir/storage-types.ts";
import { targets } from "../../targets/index.ts";
import { formatError, formatTolerance } from "../../verify/format-error.ts";
import type { VerifiedArray, VerifiedModel } from "../../verify/verify-model.ts";
import { defineCommand } from "../arguments/command.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { Invocation } from "../arguments/invocation.ts";
import { oneFileExpected } from "../arguments/one-file-expected.ts";
import { fromTable, type OwnOptions, type Parser } from "../arguments/option.ts";
import { alignedTable } from "../report/aligned-table.ts";
import { counted } from "../../diagnostics/counted.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

const tolerance: Parser<number> = {
  read(text) {
    const value = Number(text);
    return text.trim() !== "" && Number.isFinite(value) && value >= 0 ? value : undefined;
  },
  expected: "a number that is not negative, such as 1e-5",
};

const options = {
  against: { flag: "--against <cases>", description: "samples and expected values, JSON or .npz", required: true },
  tolerance: {
    flag: "--tolerance <number>",
    description: "largest |a - b| / max(1, |b|) that passes (default: 2e-6, with bfloat16 2e-2)",
    parser: tolerance,
  },
  precision: fromTable,
  target: fromTable,
  model: { flag: "--model <name>", description: "the model to verify, where a file has several" },
  weights: { flag: "--weights <file>", description: "a weight file for a model that binds none" },
  unroll: fromTable,
  engine: fromTable,
} as const satisfies OwnOptions;

/** `layerc verify`: runs a compiled model on the samples of a cases file and prints how far it is from the expected values. */
export const verify = defineCommand({
  name: "verify",
  description: "run a compiled model on given samples and compare it and its layers with expected values",
  argument: { kind: "files" },
  options,
  readsConfig: true,
  run: verifyFiles,
});

const nothing = { models: [] };

async function verifyFiles(
  invocation: Invocation<"verify", typeof options, { readonly kind: "files" }>,
  environment: Environment,
): Promise<Outcome> {
  const { cwd, files } = environment;
  const { against, model, tolerance, weights } = invocation;
  const host = createNodeHost(cwd, files);
  const found = await findFiles(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, nothing);
  if (found.value.length > 1) {
    return stopped([oneFileExpected(undefined, { option: "--against", found: found.value.length })], nothing);
  }
  const loaded = await loadSources(found.value, host);
  const cases = await readCasesFile(against, "--against", host, cwd);
  const problems = [...loaded.diagnostics, ...(cases.kind === "failed" ? [cases.diagnostic] : [])];
  const [input] = loaded.value;
  if (cases.kind === "failed" || input === undefined || problems.length > 0) return stopped(problems, nothing);

  // What ships: the options that a build of this file has.
  const configured =
    invocation.project === undefined ? {} : projectFileOptions(invocation.project, input.source.path, cwd);
  const { verifyAgainst } = await import("../../verify/verify-against.ts");
  const result = await verifyAgainst(input.source, cases.source, {
    host,
    runModule,
    ...mergeOptions(verifyOptionNames, configured, invocation),
    ...(model === undefined ? {} : { model }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(weights === undefined ? {} : { weights: displayPath(cwd, weights) }),
  });
  return {
    problems: [],
    diagnostics: [...found.diagnostics, ...result.diagnostics],
    sources: result.sources,
    failed: result.models.some(({ passed }) => !passed),
    text: result.models.map((verified) => table(verified, cases.source.path)).join("\n"),
    json: { models: result.models },
  };
}

const headings = ["", "", "Max error", "Max absolute", "Worst sample", ""];
/** Columns of numbers, aligned to the right. */
const numeric = new Set([2, 3, 4]);

function table(verified: VerifiedModel, path: string): string {
  const { model, samples, precision, tolerance, passed, layers, output } = verified;
  const rows = [headings, ...layers.map(row), row(output)];
  const verdict = passed ? "within" : "not within";
  const weights = precision === defaultPrecision ? "" : ` with ${precision} weights`;
  const head = visibleText(`${model} against ${path}`);
  return `${head}: ${counted(samples, "sample")}, compiled to ${compiledTo(verified)}${weights}\n${alignedTable(rows, numeric)}Max error, |a - b| / max(1, |b|), is ${verdict} the tolerance ${formatTolerance(tolerance)}\n`;
}

/** `TypeScript`, `WebAssembly (wasm-simd)` */
function compiledTo({ target, backend }: VerifiedModel): string {
  const title = targets.find(({ name }) => name === target)?.title ?? target;
  return backend === undefined || backend === target ? title : `${title} (${backend})`;
}

function row({ name, description, maxError, maxAbsolute, worst, passed }: VerifiedArray): readonly string[] {
  const sample = worst === undefined ? "" : String(worst.sample);
  return [
    name,
    description,
    formatError(maxError),
    formatError(maxAbsolute),
    sample,
    passed ? "" : "above the tolerance",
  ];
}
