import path from "node:path";
import { isObject } from "../json/is-object.ts";
import { parseAnyJson } from "../json/parse-any-json.ts";
import type { FileSystem } from "./file-system.ts";
import { maxConfigBytes } from "./limits.ts";

/** What Node takes the files of a folder for, when their endings leave it open. */
export interface PackageType {
  /** The package.json that has the say, absolute. */
  readonly manifest: string;
  /** Absent where it says nothing of it. */
  readonly type?: "commonjs" | "module";
}

/** The package that a folder, absolute, belongs to, as Node finds it; undefined where there is none. Never throws. */
export function packageTypeOf(folder: string, files: FileSystem): PackageType | undefined {
  let place = attemptReal(folder, files);
  for (;;) {
    // A package ends where others are installed.
    if (path.basename(place) === "node_modules") return undefined;
    const manifest = path.join(place, "package.json");
    const type = readType(manifest, files);
    if (type !== undefined) return type === "none" ? { manifest } : { manifest, type };
    const above = path.dirname(place);
    if (above === place) return undefined;
    place = above;
  }
}

/** The type in a package.json; `none` when it has none that Node knows, undefined when there is no such file. */
function readType(manifest: string, files: FileSystem): "commonjs" | "module" | "none" | undefined {
  try {
    if (files.kind(manifest) !== "file") return undefined;
    const value = parseAnyJson(new TextDecoder().decode(files.read(manifest, maxConfigBytes)));
    const type = isObject(value) && Object.hasOwn(value, "type") ? value["type"] : undefined;
    return type === "commonjs" || type === "module" ? type : "none";
  } catch {
    return "none";
  }
}

function attemptReal(folder: string, files: FileSystem): string {
  try {
    return files.realPath(folder);
  } catch {
    return folder;
  }
}
