import type { Declaration } from "../../syntax/ast.ts";
import type { Surroundings } from "../surroundings.ts";
import { relativePath } from "./relative-path.ts";

/** A declaration of another file, and the path by which an import of it is written. */
export interface Importable {
  readonly declaration: Declaration;
  readonly path: string;
}

/** What the other files of the project declare. */
export async function importables(from: string, { files }: Surroundings): Promise<readonly Importable[]> {
  const found = (await files?.()) ?? [];
  return found
    .filter(({ source: { path } }) => path !== from && path.endsWith(".layers"))
    .flatMap(({ source, declarations }) => {
      const path = relativePath(from, source.path);
      return declarations.map((declaration) => ({ declaration, path }));
    });
}
