import * as vscode from "vscode";
import { messageOf } from "../server/problem.ts";
import type { EditorCommand } from "./editor-command.ts";

/** Runs a model on the samples beside it, or on those of a file that the user chooses when there are none. */
export const verify: EditorCommand = {
  name: "layerc.verify",
  async run(target, { server }) {
    if (target === undefined) return;
    const { source, model } = target;
    const run = (against?: string) =>
      vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Layers: verifying" }, () =>
        server.verify(source, {
          ...(model === undefined ? {} : { model }),
          ...(against === undefined ? {} : { against }),
        }),
      );
    try {
      await run();
    } catch (error) {
      const choose = "Choose Samples...";
      if ((await vscode.window.showErrorMessage(messageOf(error), choose)) !== choose) return;
      const chosen = await vscode.window.showOpenDialog({
        title: "Samples with expected outputs",
        filters: { Samples: ["json", "npz"] },
        defaultUri: vscode.Uri.joinPath(source, ".."),
      });
      if (chosen?.[0] === undefined) return;
      try {
        await run(chosen[0].fsPath);
      } catch (again) {
        void vscode.window.showErrorMessage(messageOf(again));
      }
    }
  },
};
