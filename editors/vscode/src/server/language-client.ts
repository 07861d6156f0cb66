import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

/**
 * The client of the language server that comes with the extension: `layerc language-server` in a process of its own, in the Node of
 * the editor. What it is to do by name, as a code lens and the palette say it, goes to `runCommand`, which answers nothing for what
 * is the server's business alone.
 */
export function createLanguageClient(
  context: vscode.ExtensionContext,
  runCommand: (name: string, given: unknown) => Promise<void> | undefined,
): LanguageClient {
  const layerc = {
    module: context.asAbsolutePath("layerc/dist/cli.js"),
    args: ["language-server"],
    transport: TransportKind.ipc,
  };
  return new LanguageClient(
    "layerc",
    "Layers Language Server",
    { run: layerc, debug: layerc },
    {
      documentSelector: ["file", "untitled"].map((scheme) => ({ scheme, language: "layers" })),
      // Asked for at every start, so also when the user has come to trust the folder.
      initializationOptions: () => ({
        suggestCommand: "editor.action.triggerSuggest",
        ...(vscode.workspace.isTrusted ? {} : { config: false, sandboxPaths: true }),
      }),
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        executeCommand: async (name, [given], next) => {
          const ran = runCommand(name, given);
          return ran === undefined ? next(name, [given]) : ran;
        },
      },
    },
  );
}
