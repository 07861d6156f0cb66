import { jsonConfigText } from "../../../src/config/config-text.ts";
import { fileOptions } from "../../../src/config/file-options.ts";
import { parseJsonConfig } from "../../../src/config/parse-json-config.ts";
import { validateConfig } from "../../../src/config/validate-config.ts";

/** Whatever a config is, it is checked, and what passes can be asked for the options of a file. */
export function judgeConfig(text: string): string | undefined {
  const { value, diagnostics } = parseJsonConfig("layerc.config.json", text, false);
  if (diagnostics.length > 0) return undefined;
  const checked = validateConfig(value, jsonConfigText("layerc.config.json", text, []));
  if (checked.diagnostics.length > 200) return `${checked.diagnostics.length} diagnostics`;
  if (checked.diagnostics.length > 0) return undefined;
  const options = fileOptions(checked.value, "a/b.layers");
  const strange = Object.values(options).find((option) => typeof option !== "string");
  return strange === undefined ? undefined : `an option is ${JSON.stringify(strange)}`;
}
