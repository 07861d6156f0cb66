import type { LSPClient } from "@codemirror/lsp-client";
import type { WorkspaceEdit } from "vscode-languageserver-protocol";
import type { PageFiles } from "../files/page-files.ts";
import { changedText } from "./changed-text.ts";

/**
 * Has a rename change the files that are not open as well, which the client leaves as they are: a block that is imported has its name
 * in two files. `changed` is told the addresses of those files.
 */
export function renameElsewhere(
  client: LSPClient,
  files: PageFiles,
  nameOf: (uri: string) => string,
  changed: (uris: readonly string[]) => void,
): void {
  const request = client.request.bind(client);
  client.request = async <Params, Result>(
    method: string,
    params: Params,
  ): Promise<Result> => {
    const result = await request<Params, Result>(method, params);
    if (method !== "textDocument/rename") return result;
    const edits = (result as WorkspaceEdit | null)?.changes ?? {};
    const others = Object.keys(edits).filter(
      (uri) => client.workspace.getFile(uri) === null,
    );
    for (const uri of others) {
      const bytes = await files.read(nameOf(uri));
      if (bytes === null) continue;
      const text = new TextDecoder().decode(bytes);
      const renamed = changedText(text, edits[uri]!);
      files.set(nameOf(uri), new TextEncoder().encode(renamed));
    }
    if (others.length > 0) changed(others);
    return result;
  };
}
