import { generateCstDts } from "chevrotain";
import { ebnf } from "./ebnf.ts";
import { LayersParser } from "./parser.ts";
import { textMateGrammar } from "./text-mate.ts";

/** The files of this folder that follow from the grammar, by name. `npm run generate` writes them. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const parser = new LayersParser({ skipValidations: true });
  return new Map([
    ["layers.ebnf", ebnf()],
    ["layers.tmLanguage.json", textMateGrammar()],
    ["cst.d.ts", generateCstDts(parser.getGAstProductions())],
  ]);
}

/** A place in the reference between two comments that is written anew. */
export interface GeneratedSection {
  readonly name: string;
  readonly content: string;
}

/** The grammar as the reference ends with it. */
export function grammarSection(): GeneratedSection {
  return { name: "grammar", content: `\`\`\`ebnf\n${ebnf()}\`\`\`` };
}

/** Puts a section between `<!-- name: generated -->` and `<!-- end of name -->`. Throws where they are missing. */
export function withSection(reference: string, { name, content }: GeneratedSection): string {
  const begin = `<!-- ${name}: generated -->`;
  const start = reference.indexOf(begin);
  const stop = reference.indexOf(`<!-- end of ${name} -->`);
  if (start < 0 || stop < start) throw new Error(`The reference has no place for ${name}`);
  return `${reference.slice(0, start + begin.length)}\n\n${content}\n\n${reference.slice(stop)}`;
}
