import { declarableName } from "./names.ts";
import { pythonToLayers } from "./python-to-layers.ts";

export { conversionTitle } from "./mend-script.ts";

/** Where converted Python goes. */
export interface PartOptions {
  readonly into: "file" | "body";
  /** Whether the clause of the input is wanted in a body. */
  readonly withInput: boolean;
  /** Names that the file declares. */
  readonly taken: readonly string[];
}

/** Python that stands among declarations or layers, as such; undefined where it is none, or makes none. */
export async function convertPart(
  python: string,
  { into, withInput, taken }: PartOptions,
): Promise<string | undefined> {
  const script = dedented(python);
  const { text } = await pythonToLayers(script, { into, taken, withInput });
  if (text !== undefined || into === "body") return text?.trim();
  // Without an input it makes no whole model: that is left to say.
  const layers = await pythonToLayers(script, { into: "body", taken });
  if (layers.text === undefined) return undefined;
  const lines = layers.text.trim().replaceAll(/^(?=.)/gm, "  ");
  return `model ${declarableName("Network", taken)} {\n${lines}\n}`;
}

/** Lines without the indent that all of them have. */
function dedented(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  const written = lines.filter((line) => line.trim() !== "");
  const common = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(common)).join("\n");
}
