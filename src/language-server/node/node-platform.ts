import path from "node:path";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver";
import { weightEndings } from "../../files/weight-endings.ts";
import { isObject } from "../../json/is-object.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { configNames } from "../../node/find-config.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath, isInside } from "../../node/paths.ts";
import { runModule } from "../../node/run-module.ts";
import type { Host } from "../../load/host.ts";
import type { Platform } from "../platform.ts";
import { isUri, resolveUri } from "../resolve-uri.ts";
import { filePath } from "./file-path.ts";
import { sourceEnding } from "../../model-formats/file-names.ts";
import { loadNodeProject } from "./load-node-project.ts";
import { watchDependencies } from "./watch-dependencies.ts";
import { writeForReading } from "./write-for-reading.ts";

/** The files of the machine. Paths are seen from the first folder that the client has open. */
export function nodePlatform(files: FileSystem, cwd: string) {
  return (folders: readonly string[], { initializationOptions }: InitializeParams): Platform => {
    const open = folders.flatMap((uri) => filePath(uri) ?? []);
    const base = open[0] ?? cwd;
    const options: Readonly<Record<string, unknown>> = isObject(initializationOptions) ? initializationOptions : {};
    const trust = { runsConfig: options["config"] !== false, sandboxPaths: options["sandboxPaths"] === true };
    const hostOf = (from: FileSystem): Host => {
      const host = createNodeHost(base, from);
      return {
        ...host,
        resolve: (file, relative) =>
          (isUri(file) ? resolveUri(file, relative) : undefined) ?? host.resolve(isUri(file) ? "" : file, relative),
      };
    };
    const texts = writeForReading();
    const watcher = watchDependencies(files, base);
    /** Of a folder that the user does not trust, nothing outside is looked at. */
    const mayLookAt = (file: string): boolean =>
      !trust.sandboxPaths || [base, ...open].some((folder) => isInside(path.resolve(base, file), folder));
    const isHeard = (file: string): boolean =>
      open.some((folder) => isInside(path.resolve(base, file), folder)) &&
      heardEndings.some((ending) => file.endsWith(`.${ending}`));
    return {
      pathOf(uri) {
        const file = filePath(uri);
        return file === undefined ? uri : displayPath(base, file);
      },
      uriOf: (file) => (isUri(file) ? file : pathToFileURL(path.resolve(base, file)).href),
      loadProject: (file) =>
        loadNodeProject(isUri(file) ? base : path.resolve(base, path.dirname(file)), base, {
          files,
          hostOf,
          trust,
          folders: open,
        }),
      isConfig: (file) => [...configNames, "package.json"].includes(path.basename(file)),
      watched,
      watch(paths, isHelped, changed) {
        const looked = paths.filter((file) => mayLookAt(file) && !(isHelped && isHeard(file)));
        watcher.watch(looked, changed);
      },
      sizeOf: (file) => (mayLookAt(file) ? files.state(path.resolve(base, file))?.bytes : undefined),
      writeForReading: texts.write,
      runModule,
      close() {
        texts.remove();
        watcher.close();
      },
    };
  };
}

/** Files whose changes a client tells of that watches by these globs, where they lie in a folder that it has open. */
const heardEndings = [sourceEnding.slice(1), ...weightEndings];
const watched = [`**/*.{${heardEndings.join(",")}}`, `**/{${[...configNames, "package.json"].join(",")}}`];
