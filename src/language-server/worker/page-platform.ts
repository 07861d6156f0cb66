import type { Connection, InitializeParams } from "vscode-languageserver";
import { fileOptionNames } from "../../config/options/values.ts";
import { isObject } from "../../json/is-object.ts";
import type { Host, HostFile } from "../../load/host.ts";
import { sourceEnding } from "../../model-formats/file-names.ts";
import { formatOrNothing } from "../format-or-nothing.ts";
import type { Platform } from "../platform.ts";
import { optionsFor } from "../commands/options-for.ts";
import { isUri, resolveUri } from "../resolve-uri.ts";
import { createAskPage } from "./ask-page.ts";
import { pageFileBytes } from "./page-files.ts";
import { runModule } from "./run-module.ts";

/** The files that a page gives. Paths are seen from the folder that it names, or from `file:///`. */
export function pagePlatform(
  [folder = "file:///"]: readonly string[],
  { initializationOptions }: InitializeParams,
  connection: Connection,
): Platform {
  const options = isObject(initializationOptions) ? initializationOptions : {};
  const base = folder.endsWith("/") ? folder : `${folder}/`;
  const contents = new Map<string, Uint8Array>();
  const askPage = createAskPage(connection);
  const pathOf = (uri: string): string => (uri.startsWith(base) ? decoded(uri.slice(base.length)) : uri);
  const uriOf = (path: string): string =>
    isUri(path) ? path : base + path.split("/").map(encodeURIComponent).join("/");

  async function read(path: string, most = Infinity): Promise<HostFile<Uint8Array>> {
    let bytes = contents.get(path);
    // A text may name any address, whose files are none of the page's.
    if (bytes === undefined && options["readsFiles"] === true && uriOf(path).startsWith(base)) {
      const asked = await askPage(uriOf(path));
      if ("reason" in asked) return { ok: false, reason: asked.reason };
      bytes = asked.bytes;
    }
    if (bytes === undefined) return { ok: false, reason: "no such file" };
    return bytes.length > most ? { ok: false, reason: "it is too large" } : { ok: true, content: bytes };
  }

  const host: Host = {
    resolve: (from, relative) => {
      const uri = resolveUri(uriOf(from), relative) ?? resolveUri(base, relative);
      return uri === undefined ? relative : pathOf(uri);
    },
    readBytes: read,
    async readText(path) {
      const bytes = await read(path);
      return bytes.ok ? { ok: true, content: new TextDecoder().decode(bytes.content) } : bytes;
    },
  };
  const listed = (folder: string): readonly string[] => {
    const inside = [...contents.keys()]
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length));
    return [...new Set(inside.map((path) => path.replace(/\/.*/, "/")))].toSorted();
  };
  const given = optionsFor(fileOptionNames, {}, isObject(options["options"]) ? options["options"] : {});
  const setFiles = (files: unknown): readonly string[] => {
    if (!isObject(files)) return [];
    return Object.entries(files).map(([uri, file]) => {
      const bytes = pageFileBytes(file);
      const path = pathOf(uri);
      if (bytes === undefined) contents.delete(path);
      else contents.set(path, bytes);
      return path;
    });
  };
  setFiles(options["files"]);

  return {
    pathOf,
    uriOf,
    // `{ files: { "file:///a.layers": "…", "file:///b.keras": null } }`
    fileNotifications: { "layerc/files": (params) => setFiles(isObject(params) ? params["files"] : undefined) },
    loadProject: async () => ({
      key: "",
      host,
      list: (folder) => listed(folder === "." ? "" : folder.replace(/\/?$/, "/")),
      modelFiles: async () => [...contents.keys()].filter((path) => path.endsWith(sourceEnding)),
      format: ({ text }, { withoutConfig, always }) => formatOrNothing(text, { ...withoutConfig, ...always }),
      options: () => given,
      dependencies: [],
      problems: [],
      sources: [],
    }),
    isConfig: () => false,
    watched: [],
    runModule,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
