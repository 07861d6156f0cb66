import { nowhere } from "../diagnostics/nowhere.ts";
import type { BodyItem, ModelDeclaration, RepeatStatement } from "../syntax/ast.ts";
import { printModelFile } from "./print-model-file.ts";

/** Statements of a tree that was made, without bodies of their own: each on one line, however long, as in a printed file. */
export async function printStatements(
  statements: readonly Exclude<BodyItem, RepeatStatement>[],
): Promise<readonly string[]> {
  if (statements.length === 0) return [];
  const name = { kind: "name", text: "Main", span: nowhere } as const;
  const model: ModelDeclaration = { kind: "model", name, body: statements, span: nowhere };
  const source = { path: "", text: "" };
  const file = { kind: "model-file", source, imports: [], declarations: [model], span: nowhere } as const;
  const lines = (await printModelFile(file, { printWidth: Infinity })).split("\n");
  return lines.slice(1, lines.lastIndexOf("}")).flatMap((line) => (line === "" ? [] : [line.trimStart()]));
}
