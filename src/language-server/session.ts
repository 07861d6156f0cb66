import type { Connection } from "vscode-languageserver";
import type { Analysis } from "../language-service/analysis.ts";
import type { Client } from "./client.ts";
import type { Diagnose } from "./diagnostics/diagnose.ts";
import type { Documents } from "./documents.ts";
import type { InTurn } from "./in-turn.ts";
import type { ModelFiles } from "./model-files.ts";
import type { Platform } from "./platform.ts";
import type { Projects } from "./projects.ts";
import type { Settings } from "./settings.ts";
import type { SourcePlaces } from "./source-places.ts";

/** All that a server has between `initialize` and `exit`. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly platform: Platform;
  readonly documents: Documents;
  readonly projects: Projects;
  readonly inTurn: InTurn;
  readonly modelFiles: ModelFiles;
  readonly diagnose: Diagnose;
  /** URIs of the folders that the client has open; replaced when it opens or closes one. */
  folders: readonly string[];
  /** A command of the client that asks for completions, for items behind which there is more to complete. */
  readonly suggestCommand: string | undefined;
  /** What the client has said at the start; what the user does not set is as there. */
  readonly initialSettings: Settings;
  /** Replaced when the user changes them. */
  settings: Settings;
  /** Has the client draw anew what it shows of documents that it did not change itself. */
  refresh(): void;
  /** The URI of a file: as the client writes it where it holds it open. */
  uriOf(path: string): string;
  places(analysis: Analysis): SourcePlaces;
}
