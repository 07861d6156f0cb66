import { isObject } from "../json/is-object.ts";

/** What a user sets in the editor, under `layerc`. */
export interface Settings {
  readonly inlayHints: { readonly shapes: boolean; readonly parameterNames: boolean };
  readonly codeLens: boolean;
}

const defaultSettings: Settings = { inlayHints: { shapes: true, parameterNames: true }, codeLens: true };

/**
 * Settings as a client sends them, where it sends any: null, `{ "layerc": { … } }`, or what stands under that. What is none
 * of them, or of another type, has its default.
 */
export function readSettings(sent: unknown, before: Settings = defaultSettings): Settings {
  const own = isObject(sent) && isObject(sent["layerc"]) ? sent["layerc"] : sent;
  if (!isObject(own)) return before;
  const hints = isObject(own["inlayHints"]) ? own["inlayHints"] : {};
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
  return {
    inlayHints: {
      shapes: flag(hints["shapes"], before.inlayHints.shapes),
      parameterNames: flag(hints["parameterNames"], before.inlayHints.parameterNames),
    },
    codeLens: flag(own["codeLens"], before.codeLens),
  };
}
