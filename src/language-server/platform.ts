import type { Connection, InitializeParams } from "vscode-languageserver";
import type { FileOptions } from "../config/config.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FormatWishes } from "../format/format-options.ts";
import type { Host } from "../load/host.ts";
import type { Source } from "../syntax/source.ts";
import type { RunModule } from "../verify/run-model.ts";

/** Makes the platform when a client says which folders, URIs, it has open. */
export type MakePlatform = (folders: readonly string[], params: InitializeParams, connection: Connection) => Platform;

/** What the server needs of the place that it runs in: Node, or a worker of a page. */
export interface Platform {
  /** The path that the compiler knows a document by: the same for a file however its URI is written. */
  pathOf(uri: string): string;
  uriOf(path: string): string;
  /** The project of a model file, from its config as it is now. Never throws for anything in that. */
  loadProject(path: string): Promise<Project>;
  /** Whether a change of this file may change which config holds. */
  isConfig(path: string): boolean;
  /** Globs of the files whose changes matter, for clients that watch them. */
  readonly watched: readonly string[];
  /**
   * Has changes of these files heard, which need not exist, instead of those before. Of a client that watches the globs, itself
   * only of those that it is not told of: they lie outside of its folders, or have other names.
   */
  watch?(paths: readonly string[], isHelped: boolean, changed: (path: string) => void): void;
  /** Notifications of its own by which a client changes files: what is heard of each answers the paths of those files. */
  readonly fileNotifications?: Readonly<Record<string, (params: unknown) => readonly string[]>>;
  /** Bytes of a file, for those that take long to read; undefined where it is not known. */
  sizeOf?(path: string): number | undefined;
  /** Puts a text where an editor can open it, and answers its URI. */
  writeForReading?(name: string, text: string): string;
  /** Runs generated code, for `layerc.verify`. */
  readonly runModule?: RunModule;
  /** Ends what goes on in the background. */
  close?(): void;
}

/** What holds for a model file and for those that lie beside it. */
export interface Project {
  /** Files of one project have the same. */
  readonly key: string;
  /** Reads files from the disk, as far as the project lets it. */
  readonly host: Host;
  /** What lies in a folder, sorted; the names of folders end in `/`. Nothing where there is none. */
  list(folder: string): readonly string[];
  /** The model files below the folders that the client has open, and beside one that lies in none of them. */
  modelFiles(folders: readonly string[], beside: string): Promise<readonly string[]>;
  /**
   * A text as it is formatted under the configs that hold for its file: undefined where it has errors of syntax, or is to be left
   * as it is. Rejects with a `Refusal` where such a config is wrong.
   */
  format(source: Source, wishes: FormatWishes, folders: readonly string[]): Promise<string | undefined>;
  /** The options that the config gives a file. */
  options(path: string): FileOptions;
  /** The paths of the config and of what it imports: a change of one may change the project. */
  readonly dependencies: readonly string[];
  /** What is wrong with the config, with the texts that the diagnostics point into. */
  readonly problems: readonly Diagnostic[];
  readonly sources: readonly Source[];
}
