import { visibleText } from "../../diagnostics/visible-text.ts";
import { formatError, formatTolerance } from "../../verify/format-error.ts";
import { verifyAgainst, type VerifiedArray, type VerifiedModel } from "../../verify/verify-against.ts";
import { alignedTable } from "../report/aligned-table.ts";
import { counted } from "../report/counted.ts";
import type { Environment } from "../../node/environment.ts";
import { findInputs } from "../../node/inputs.ts";
import type { VerifyInvocation } from "../arguments/invocation.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { oneFileExpected } from "../arguments/one-file-expected.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { displayPath } from "../../node/paths.ts";
import { readCasesFile } from "../../node/read-cases-file.ts";
import { runModule } from "../../node/run-module.ts";

const nothing = { models: [] };

/** `layerc verify`: runs a compiled model on the samples of a cases file and prints how far it is from the expected values. */
export async function verifyFiles(invocation: VerifyInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { against, model, tolerance, weights, precision, unroll, target } = invocation;
  const host = createNodeHost(cwd, files);
  const found = await findInputs(invocation.files, environment);
  if (found.diagnostics.length > 0) return stopped(found.diagnostics, nothing);
  if (found.value.length > 1) {
    return stopped([oneFileExpected(undefined, { option: "--against", found: found.value.length })], nothing);
  }
  const loaded = await loadSources(found.value, host);
  const cases = await readCasesFile(against, "--against", host, cwd);
  const problems = [...loaded.diagnostics, ...(cases.kind === "failed" ? [cases.diagnostic] : [])];
  const [input] = loaded.value;
  if (cases.kind === "failed" || input === undefined || problems.length > 0) return stopped(problems, nothing);

  const result = await verifyAgainst(input.source, cases.source, {
    host,
    runModule,
    precision,
    unroll,
    target,
    ...(model === undefined ? {} : { model }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(weights === undefined ? {} : { weights: displayPath(cwd, weights) }),
  });
  return {
    problems: [],
    diagnostics: result.diagnostics,
    sources: result.sources,
    failed: result.models.some(({ passed }) => !passed),
    text: result.models.map((verified) => table(verified, cases.source.path)).join("\n"),
    json: { models: result.models },
  };
}

const headings = ["", "", "Max absolute", "Max relative", "Worst sample", ""];
/** Columns of numbers, aligned to the right. */
const numeric = new Set([2, 3, 4]);

function table({ model, samples, precision, tolerance, passed, layers, output }: VerifiedModel, path: string): string {
  const rows = [headings, ...layers.map(row), row(output)];
  const verdict = passed ? "within" : "not within";
  const weights = precision === "float32" ? "" : `, ${precision} weights`;
  return `${visibleText(`${model} against ${path}`)}: ${counted(samples, "sample")}${weights}\n${alignedTable(rows, numeric)}${verdict} the tolerance ${formatTolerance(tolerance)}\n`;
}

function row({ name, description, maxAbsolute, maxRelative, worst, passed }: VerifiedArray): readonly string[] {
  const sample = worst === undefined ? "" : String(worst.sample);
  return [
    name,
    description,
    formatError(maxAbsolute),
    formatError(maxRelative),
    sample,
    passed ? "" : "above the tolerance",
  ];
}
