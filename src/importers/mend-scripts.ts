import type { CheckResult } from "../stages/check-source.ts";
import { foreignScript } from "../syntax/dialects/scripts.ts";

/** What is said of files that are scripts of Python, with the models that they make. The translation is loaded when there is one. */
export async function mendScripts(result: CheckResult): Promise<CheckResult> {
  if (!result.diagnostics.some(({ code }) => code === foreignScript.code)) return result;
  const { mendScript } = await import("./mend-script.ts");
  const sources = new Map(result.sources.map((source) => [source.path, source]));
  const diagnostics = await Promise.all(
    result.diagnostics.map((found) => {
      const source = sources.get(found.span?.file ?? "");
      return source === undefined ? found : mendScript(found, source);
    }),
  );
  return { ...result, diagnostics };
}
