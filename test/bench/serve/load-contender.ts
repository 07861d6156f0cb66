import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Contender } from "./contender.ts";

/** Imports a script of `contenders/`, and with it the library that it runs. Called by the scripts of `children/`. */
export async function loadContender(name: string, options: readonly string[]): Promise<Contender> {
  const file = path.join(path.dirname(process.argv[1] ?? ""), "../contenders", `${name}.js`);
  const module = (await import(pathToFileURL(file).href)) as {
    readonly default: (options: readonly string[]) => Contender;
  };
  return module.default(options);
}
