import type { Model } from "../check/model.ts";
import { withChecksum } from "../targets/generated-mark.ts";

/**
 * A module, or its declarations, with the one model of its file as the default export too, for
 * `import net from "./mlp.keras"`. Files of several models, and models that get their weights from the caller, have none.
 */
export function withDefaultExport(text: string, models: readonly Pick<Model, "exportName">[]): string {
  const [model, ...others] = models;
  if (model === undefined || others.length > 0) return text;
  const isThere = new RegExp(`^export (?:declare )?const ${model.exportName}\\b`, "m").test(text);
  const clause = `{ ${model.exportName} as default }`;
  return isThere ? withChecksum(`${text}\nexport ${clause};\n`) : text;
}
