import {
  compile,
  type CompileOptions,
  type CompileResult,
  type Host,
} from "layerc";
import type { SourceFile } from "../model/built.ts";

/** A source with the names of the weight files that are not there. */
export interface Given extends SourceFile {
  readonly missing: readonly string[];
}

/**
 * A source whose weights clauses of files that are not there are blank: a shared link carries no weights, and its model is to
 * be seen nevertheless. The language server says what is missing. Every other character stays where it is.
 */
export async function withoutMissingWeights(
  { name, text }: SourceFile,
  host: Host,
): Promise<Given> {
  const missing: string[] = [];
  let rest = text;
  for (const { 0: clause, 1: path, index } of text.matchAll(weightsClause)) {
    const read = await host.readBytes(host.resolve(name, path!));
    if (read.ok) continue;
    missing.push(path!.replace(/^\.\//, ""));
    rest =
      rest.slice(0, index) +
      clause.replace(/[^\r\n]/g, " ") +
      rest.slice(index + clause.length);
  }
  return { name, text: rest, missing };
}

/** At the beginning of a statement, which no comment and no string is. */
const weightsClause =
  /(?<=[{\n]\s*)weights\s*"([^"\n\\]+)"(?:\s*prefix\s*"[^"\n]*")?/g;

/** Compiles a source as far as its weights are there. */
export async function compileGiven(
  source: SourceFile,
  host: Host,
  options: CompileOptions = {},
): Promise<CompileResult & Pick<Given, "missing">> {
  const { missing, name, text } = await withoutMissingWeights(source, host);
  const result = await compile({ path: name, text }, { host, ...options });
  return { ...result, missing };
}
