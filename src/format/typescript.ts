/**
 * Formats generated code with Prettier's defaults. The stand-alone build with two plugins works in a browser too and
 * loads in half the time; it is loaded only when code is generated.
 */
export async function formatTypeScript(text: string): Promise<string> {
  const [prettier, estree, typescript] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/estree"),
    import("prettier/plugins/typescript"),
  ]);
  // Without a file name Prettier searches the whole text for JSX, in quadratic time.
  return prettier.format(text, { filepath: "module.ts", parser: "typescript", plugins: [estree, typescript] });
}
