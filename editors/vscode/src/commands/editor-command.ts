import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Diagrams } from "../diagram/diagrams.ts";
import type { LiveDocuments } from "../documents/live-documents.ts";
import type { Server } from "../server/server.ts";
import type { Trainings } from "../training/trainings.ts";

/** What the user can have done, from the palette, a menu or a code lens. */
export interface EditorCommand {
  readonly name: string;
  /** Without a target where no model file is open. */
  run(target: Target | undefined, parts: Parts): Promise<void>;
}

/** The model file that a command is about, and one model of it where it is said. */
export interface Target {
  readonly source: vscode.Uri;
  readonly model?: string;
}

export interface Parts {
  readonly client: LanguageClient;
  readonly server: Server;
  /** The command line that comes with the extension. */
  readonly layercInside: string;
  readonly output: vscode.OutputChannel;
  readonly previews: Pick<LiveDocuments<unknown>, "show">;
  readonly summaries: Pick<LiveDocuments<unknown>, "show">;
  readonly diagrams: Diagrams;
  readonly trainings: Trainings;
}
