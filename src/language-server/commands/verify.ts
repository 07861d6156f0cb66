import { MessageType, ShowMessageNotification } from "vscode-languageserver";
import { maxCasesBytes } from "../../cases/limits.ts";
import type { CasesSource } from "../../cases/read-cases.ts";
import { verifyOptionNames } from "../../config/options/values.ts";
import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import type { Host } from "../../load/host.ts";
import { fileStem } from "../../model-formats/file-names.ts";
import { formatError, formatTolerance } from "../../verify/format-error.ts";
import type { VerifiedModel } from "../../verify/verify-model.ts";
import { Refusal } from "../guard.ts";
import { tell } from "../tell.ts";
import { textOf, type Given, type ServerCommand } from "./define-command.ts";
import { optionsFor } from "./options-for.ts";
import { sourceOf } from "./source-of.ts";

/**
 * `layerc.verify`: runs what a build would make of a model on the samples of a cases file. That is the one given as `against`, seen
 * from the model file; else the `selfTest` of the config, else one beside the model file.
 */
export const verify: ServerCommand = {
  name: "layerc.verify",
  async run(given, session) {
    const { source, host, project } = await sourceOf(given, session);
    const { runModule } = session.platform;
    if (runModule === undefined) throw new Refusal("generated code can't be run here");
    const config = project.options(source.path);
    const cases = await readCases(casesPaths(source.path, config.selfTest, given, host), host);
    const { verifyAgainst } = await import("../../verify/verify-against.ts");
    const weights = textOf(given, "weights");
    const model = textOf(given, "model");
    const { models, diagnostics, sources } = await verifyAgainst(source, cases, {
      host,
      runModule,
      ...optionsFor(verifyOptionNames, config, { ...given, weights: undefined }),
      ...(model === undefined ? {} : { model }),
      ...(typeof given["tolerance"] === "number" ? { tolerance: given["tolerance"] } : {}),
      ...(weights === undefined ? {} : { weights: host.resolve(source.path, weights) }),
    });
    const passed = models.length > 0 && models.every((one) => one.passed);
    if (given["show"] !== false) {
      const lines = models.length === 0 ? diagnostics.map(({ message }) => message) : models.map(describe);
      const type = passed ? MessageType.Info : MessageType.Error;
      const message = `${lines.join("\n")} (${cases.path})`;
      tell(() => session.connection.sendNotification(ShowMessageNotification.method, { type, message }));
    }
    return { passed, against: cases.path, models, diagnostics: diagnosticsToJson(diagnostics, sources) };
  },
};

function casesPaths(file: string, selfTest: string | undefined, given: Given, host: Host): readonly string[] {
  const against = textOf(given, "against");
  if (against !== undefined) return [host.resolve(file, against)];
  if (selfTest !== undefined) return [selfTest];
  const names = [`${fileStem(file)}.cases`, `${fileStem(file)}-cases`, "cases"];
  return names.flatMap((name) => [`./${name}.json`, `./${name}.npz`]).map((name) => host.resolve(file, name));
}

/** The first of some files that is there. */
async function readCases(paths: readonly string[], host: Host): Promise<CasesSource> {
  for (const path of paths) {
    const read = await host.readBytes(path, maxCasesBytes);
    if (read.ok) return { path, content: read.content };
  }
  throw new Refusal(`there are no samples to verify with: looked for ${paths.join(", ")}`);
}

function describe({ model, samples, passed, tolerance, output }: VerifiedModel): string {
  const error = formatError(output.maxError);
  return `${model}: ${samples} samples, error ${error}, ${passed ? "within" : "above"} the tolerance ${formatTolerance(tolerance)}`;
}
