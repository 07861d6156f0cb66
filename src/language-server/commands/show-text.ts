import { ShowDocumentRequest } from "vscode-languageserver";
import type { Session } from "../session.ts";
import { tell } from "../tell.ts";
import type { Given } from "./define-command.ts";

/**
 * Opens a text in the client, unless the command says `show: false`: so that one that comes from a code lens does something in
 * every editor.
 */
export function showText(name: string, text: string, given: Given, { client, connection, platform }: Session): void {
  if (given["show"] === false || !client.showsDocuments || platform.writeForReading === undefined) return;
  const uri = platform.writeForReading(name, text);
  tell(() => connection.sendRequest(ShowDocumentRequest.method, { uri, takeFocus: true }));
}
