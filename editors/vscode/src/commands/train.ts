import path from "node:path";
import * as vscode from "vscode";
import { findLayerc } from "../run/find-layerc.ts";
import { mayRun } from "../run/may-run.ts";
import { saveModels } from "../run/save-models.ts";
import { chooseData } from "../training/choose-data.ts";
import { chooseModel } from "../training/choose-model.ts";
import type { EditorCommand } from "./editor-command.ts";

/** `layerc train` of a model on a file of samples, with its curves in a panel. */
export const train: EditorCommand = {
  name: "layerc.train",
  async run(target, { layercInside, trainings }) {
    if (target === undefined || target.source.scheme !== "file") {
      void vscode.window.showErrorMessage("Only a model file that is saved can be trained.");
      return;
    }
    if (!(await mayRun())) return;
    const { source } = target;
    const model = target.model ?? (await chooseModel(source));
    const data = model && (await chooseData(source, model));
    if (data === undefined || model === undefined) return;
    await saveModels();
    const folder = path.dirname(source.fsPath);
    const more = vscode.workspace.getConfiguration("layerc", source).get<readonly string[]>("train.arguments") ?? [];
    await trainings.start({
      source,
      model,
      layerc: findLayerc(folder, layercInside),
      argv: ["train", named(folder, source.fsPath), "--data", named(folder, data), "--model", model, ...more],
    });
  },
};

/** A file as seen from a folder, so that no name is taken for an option. */
function named(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  return path.isAbsolute(relative) || relative.startsWith("..") ? relative : `./${relative}`;
}
