import path from "node:path";
import * as vscode from "vscode";
import { reportRun } from "../run/report-run.ts";
import type { EditorCommand } from "./editor-command.ts";

/** `layerc build` of one file, as the config of its project says. */
export const build: EditorCommand = {
  name: "layerc.build",
  async run(target, parts) {
    if (target === undefined || target.source.scheme !== "file") {
      void vscode.window.showErrorMessage("Only a model file that is saved can be built.");
      return;
    }
    const file = target.source.fsPath;
    // With the folder in front no name is taken for an option.
    await reportRun(["build", `./${path.basename(file)}`], path.dirname(file), parts);
  },
};
