import * as vscode from "vscode";
import type { Parts } from "../commands/editor-command.ts";
import { findLayerc } from "./find-layerc.ts";
import { mayRun } from "./may-run.ts";
import { runLayerc } from "./run-layerc.ts";
import { saveModels } from "./save-models.ts";

/**
 * Saves the models and runs layerc in a folder: the project's own, and its config, so only where that is trusted. What it says
 * stands in the output, how it went in a message.
 */
export async function reportRun(
  argv: readonly string[],
  folder: string,
  { output, layercInside }: Pick<Parts, "output" | "layercInside">,
): Promise<void> {
  if (!(await mayRun())) return;
  await saveModels();
  const layerc = findLayerc(folder, layercInside);
  const [command = ""] = argv;
  output.appendLine(`> layerc ${argv.join(" ")}`);
  output.appendLine(
    `  in ${folder}, by layerc ${layerc.version} of ${layerc.isOfProject ? "the project" : "the extension"}`,
  );
  const progress = { location: vscode.ProgressLocation.Notification, title: `layerc ${command}`, cancellable: true };
  const ended = await vscode.window.withProgress(progress, (_, token) =>
    runLayerc(layerc.cli, argv, folder, (text) => output.append(text), token),
  );
  output.appendLine("");
  if (ended.kind === "cancelled") return;
  const show = "Show Output";
  const lines = ended.said.trim().split("\n");
  const choice =
    ended.code === 0
      ? vscode.window.showInformationMessage(lines.length > 3 ? `layerc ${command}: done` : lines.join(" · "), show)
      : vscode.window.showErrorMessage(`layerc ${command} has failed: ${lines[0] ?? ""}`, show);
  if (ended.code !== 0) output.show(true);
  if ((await choice) === show) output.show(true);
}
