import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver";
import { isObject } from "../../json/is-object.ts";
import type { FileSystem } from "../../node/file-system.ts";
import { configNames } from "../../node/find-config.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { displayPath } from "../../node/paths.ts";
import { runModule } from "../../node/run-module.ts";
import type { Host } from "../../load/host.ts";
import type { Platform } from "../platform.ts";
import { isUri, resolveUri } from "../resolve-uri.ts";
import { filePath } from "./file-path.ts";
import { loadNodeProject } from "./load-node-project.ts";
import { watchDependencies } from "./watch-dependencies.ts";
import { writeForReading } from "./write-for-reading.ts";

/** The files of the machine. Paths are seen from the first folder that the client has open. */
export function nodePlatform(files: FileSystem, cwd: string) {
  return (folders: readonly string[], { initializationOptions }: InitializeParams): Platform => {
    const base = folders.map(filePath).find((folder) => folder !== undefined) ?? cwd;
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
    return {
      pathOf(uri) {
        const file = filePath(uri);
        return file === undefined ? uri : displayPath(base, file);
      },
      uriOf: (file) => (isUri(file) ? file : pathToFileURL(path.resolve(base, file)).href),
      loadProject: (file) =>
        loadNodeProject(isUri(file) ? base : path.resolve(base, path.dirname(file)), base, { files, hostOf, trust }),
      isConfig: (file) => [...configNames, "package.json"].includes(path.basename(file)),
      watched,
      watch: (paths, changed) => watcher.watch(paths, changed),
      sizeOf: (file) => fs.statSync(path.resolve(base, file), { throwIfNoEntry: false })?.size,
      writeForReading: texts.write,
      runModule,
      close() {
        texts.remove();
        watcher.close();
      },
    };
  };
}

const watched = [
  "**/*.{layers,keras,h5,hdf5,npz,safetensors,pt,pth,bin}",
  `**/{${[...configNames, "package.json"].join(",")}}`,
];
