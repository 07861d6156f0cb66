import type * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, type Location } from "vscode-languageclient/node";

/** What the language server is asked beyond the protocol; its README has the commands. */
export interface Server {
  generated(source: vscode.Uri): Promise<Generated>;
  diagram(source: vscode.Uri): Promise<Drawing>;
  summary(source: vscode.Uri): Promise<Summary>;
  /** Tells the user itself how it went. */
  verify(source: vscode.Uri, given: { readonly model?: string; readonly against?: string }): Promise<void>;
}

interface Answer {
  readonly diagnostics: readonly Finding[];
}

export interface Finding {
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
  readonly location: { readonly file: string; readonly start?: { readonly line: number } } | null;
}

export interface Generated extends Answer {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** For each line of the first file the place in the source that it comes from. */
  readonly lines: readonly (Location | null)[];
}

export interface Drawing extends Answer {
  readonly svg: string | null;
}

export interface Summary extends Answer {
  readonly text: string;
}

export function createServer(client: LanguageClient): Server {
  const run = async <Answered>(command: string, source: vscode.Uri, given: object = {}): Promise<Answered> => {
    // Restored documents may ask before the server has started.
    await client.start();
    const argument = { uri: client.code2ProtocolConverter.asUri(source), ...given };
    return client.sendRequest<Answered>(ExecuteCommandRequest.method, { command, arguments: [argument] });
  };
  const silent = { show: false };
  return {
    generated: (source) => run("layerc.showGenerated", source, silent),
    diagram: (source) => run("layerc.diagram", source, silent),
    summary: (source) => run("layerc.summary", source, silent),
    verify: (source, given) => run("layerc.verify", source, given),
  };
}
