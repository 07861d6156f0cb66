import * as vscode from "vscode";
import { editorCommands, serverCommands } from "./commands/index.ts";
import type { Parts } from "./commands/editor-command.ts";
import { targetOf } from "./commands/target.ts";
import { createDiagrams } from "./diagram/diagrams.ts";
import { watchModels } from "./documents/watch-models.ts";
import { createPreviews } from "./preview/previews.ts";
import { createLanguageClient } from "./server/language-client.ts";
import { messageOf } from "./server/problem.ts";
import { createServer } from "./server/server.ts";
import { createSummaries } from "./summaries.ts";
import { createTrainings } from "./training/trainings.ts";

/** Called by the editor as soon as a model file or something of the extension is opened; ends when the server answers. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = <Disposed extends vscode.Disposable>(part: Disposed): Disposed => {
    context.subscriptions.push(part);
    return part;
  };
  const client = own(
    createLanguageClient(context, (name, given) => {
      const command = serverCommands.find((one) => one.name === name);
      return command?.run(targetOf(given), parts);
    }),
  );
  const server = createServer(client);
  const models = own(watchModels());
  const output = own(vscode.window.createOutputChannel("Layers"));
  const parts: Parts = {
    client,
    server,
    layercInside: context.asAbsolutePath("layerc/dist/cli.js"),
    output,
    previews: own(createPreviews(server, models)),
    summaries: own(createSummaries(server, models)),
    diagrams: own(createDiagrams(server, models, context.extensionUri)),
    trainings: own(createTrainings(output, context.extensionUri)),
  };
  for (const { name, run } of editorCommands) {
    own(vscode.commands.registerCommand(name, (given: unknown) => run(targetOf(given), parts)));
  }
  own(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      client.restart().catch((error: unknown) => {
        void vscode.window.showErrorMessage(`The language server could not be started again: ${messageOf(error)}`);
      });
    }),
  );
  await client.start();
}
