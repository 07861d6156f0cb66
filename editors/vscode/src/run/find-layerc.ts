import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** A command line of layerc: that of a project where it has one, so that editor and terminal write the same. */
export interface Layerc {
  readonly cli: string;
  readonly version: string;
  readonly isOfProject: boolean;
}

/** The layerc that a folder has installed, else the one `inside` the extension. */
export function findLayerc(folder: string, inside: string): Layerc {
  try {
    const manifest = createRequire(path.join(folder, "of-project.js")).resolve("layerc/package.json");
    return { ...readLayerc(manifest), isOfProject: true };
  } catch {
    return { ...readLayerc(path.join(path.dirname(inside), "../package.json")), isOfProject: false };
  }
}

function readLayerc(file: string): Pick<Layerc, "cli" | "version"> {
  const { version, bin } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    readonly version: string;
    readonly bin: { readonly layerc: string };
  };
  const cli = path.resolve(path.dirname(file), bin.layerc);
  fs.accessSync(cli);
  return { cli, version };
}
