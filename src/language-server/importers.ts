import { definitionAt } from "../check/semantics/definition-at.ts";
import { analyze } from "../language-service/analyze.ts";
import type { Analysis } from "../language-service/index.ts";
import type { Asked } from "./requests/define-request.ts";
import { areCurrent, contentModified } from "./still-current.ts";

/**
 * Analyses of the other files that import from the one which declares the name at an offset, open or not. They take their time, and
 * are good together with the asked one, or not at all.
 */
export async function analyzeImporters(
  { analysis, document, session }: Asked,
  offset: number,
): Promise<readonly Analysis[]> {
  const definition = definitionAt(analysis.result.index, document.path, offset);
  if (definition === undefined || definition.kind === "label") return [];
  const declaring = definition.span.file;
  const opened = await session.projects.of(document.path);
  const files = await session.modelFiles(opened, document.path, session.folders);
  const found: Analysis[] = [];
  for (const { source, imports } of files) {
    if (source.path === document.path) continue;
    if (!imports.some(({ path }) => opened.host.resolve(source.path, path.value) === declaring)) continue;
    const open = session.documents.at(source.path);
    const other = open === undefined ? await analyze(source, opened.host) : await session.projects.analysis(open);
    if (other !== undefined) found.push(other);
  }
  const textNow = (path: string): string | undefined => session.documents.at(path)?.text;
  if (!areCurrent([analysis, ...found], textNow)) throw contentModified();
  return found;
}
