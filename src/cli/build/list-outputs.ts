import path from "node:path";
import type { Model } from "../../check/model.ts";
import type { FileOptions } from "../../config/options/values.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { modelsWithin } from "../../weights/bind/nested-models.ts";
import { sidecarName } from "../../weights/sidecar.ts";
import { checkInputs } from "./check-files.ts";
import { findBuildInputs } from "./build-inputs.ts";
import { buildInput } from "./build-input.ts";
import { chooseModuleKind } from "./choose-module-kind.ts";
import { namesOf } from "./depfile.ts";
import { buildOptions } from "../arguments/build-options.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { fileStem } from "../../model-formats/file-names.ts";
import { outputFolder } from "../../node/outputs.ts";
import { defaultTarget, targetEntry } from "../../targets/index.ts";
import { displayPath } from "../../node/paths.ts";

/** `layerc build --list-outputs`: the paths of what a build would write, one per line. Checks the models and writes nothing. */
export async function listOutputs(invocation: BuildInvocation, environment: Environment): Promise<Outcome> {
  const { cwd } = environment;
  const none = { outputs: [] };
  const found = await findBuildInputs(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, none);
  const files = await checkInputs(found.value, environment);
  if (!files.ok) return { ...files.outcome, json: none };
  const { checked } = files;
  const outcome = { ...files.outcome, diagnostics: [...found.diagnostics, ...files.outcome.diagnostics] };
  if (hasErrors(outcome.diagnostics)) return { ...outcome, json: none };

  const names = namesOf(invocation, cwd);
  const outputs: { readonly source: string; readonly path: string }[] = [];
  for (const { input, result } of checked) {
    const options = {
      ...buildOptions(invocation, input.path, cwd),
      emit: chooseModuleKind(input, invocation, environment).emit,
    };
    const needless = options.weights === "file" ? await sharedSidecars(input, invocation, environment) : [];
    const made = outputNames(input, result.models, options).filter((name) => !needless.includes(name));
    for (const name of made) {
      const output = displayPath(cwd, path.join(outputFolder(input, invocation.outDir), name));
      outputs.push({ source: input.path, path: names.output(output) });
    }
  }
  return { ...outcome, text: outputs.map((output) => `${visibleText(output.path)}\n`).join(""), json: { outputs } };
}

/** The names that `compile` gives the files of models that have no errors. */
function outputNames(
  input: Input,
  models: readonly Model[],
  { emit, weights, target }: FileOptions,
): readonly string[] {
  if (models.length === 0) return [];
  const stem = fileStem(input.path);
  const { endings } = targetEntry(target === undefined || target === "auto" ? defaultTarget : target);
  const modules = endings(emit ?? "ts").map((ending) => `${stem}.${ending}`);
  return weights === "file" ? [...modules, ...models.filter(hasSidecar).map(sidecarName)] : modules;
}

/** The weight files that a build does not write because others have what they would: that is known only when they are made. */
async function sharedSidecars(
  input: Input,
  invocation: BuildInvocation,
  environment: Environment,
): Promise<readonly string[]> {
  const built = await buildInput(input, invocation, environment, undefined);
  return built.kind === "built" ? built.result.shared.map(sidecarName) : [];
}

/** Whether a clause binds the weights of a model; one that has none needs no file for them. */
function hasSidecar(model: Model): boolean {
  const within = [...modelsWithin(model)];
  return (
    within.some((inner) => inner.weights !== undefined) &&
    within.some(({ layers }) => layers.some((layer) => layer.kind === "layer" && layer.weights.length > 0))
  );
}
