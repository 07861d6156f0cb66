import type { BodyItem, Declaration, ModelFile } from "../syntax/ast.ts";
import type { FormatOptions } from "./format-options.ts";

/** What a syntax tree that was made does not hold. */
export interface PrintOptions extends FormatOptions {
  /** Ordinary comments before declarations and statements, a line each, without the slashes. */
  readonly comments?: ReadonlyMap<Declaration | BodyItem, readonly string[]>;
}

/**
 * The source of a model file in the language's one style, which is that of `layerc/prettier`. The same tree gives the same
 * text, and parsing the text gives the same tree, with the same comments in the same order; between declarations and between
 * statements an empty line stays. The file must be free of syntax errors.
 */
export async function printModelFile(file: ModelFile, options: PrintOptions = {}): Promise<string> {
  const { comments, ...style } = options;
  const [{ format }, { printedFile }, plugin] = await Promise.all([
    import("prettier/standalone"),
    import("./printed-file.ts"),
    import("./prettier-plugin.ts"),
  ]);
  const tree = printedFile(file, comments);
  const parsers = { layers: { ...plugin.parsers.layers, parse: () => tree } };
  // Prettier parses no empty text.
  return format(file.source.text.trim() === "" ? "made" : file.source.text, {
    ...style,
    parser: "layers",
    plugins: [{ ...plugin, parsers }],
  });
}
