import { isObject } from "../json/is-object.ts";
import type { InlayHintOptions } from "../language-service/index.ts";

/** What a user sets in the editor, under `layerc`. */
export interface Settings {
  readonly inlayHints: Required<InlayHintOptions>;
  readonly codeLens: boolean;
}

const defaultSettings: Settings = { inlayHints: { shapes: true, parameterNames: "all" }, codeLens: true };

/**
 * Settings as a client sends them, where it sends any: null, `{ "layerc": { … } }`, or what stands under that. What is none
 * of them, or of another type, stays as it was.
 */
export function readSettings(sent: unknown, before: Settings = defaultSettings): Settings {
  const own = isObject(sent) && isObject(sent["layerc"]) ? sent["layerc"] : sent;
  if (!isObject(own)) return before;
  const hints = isObject(own["inlayHints"]) ? own["inlayHints"] : {};
  return {
    inlayHints: {
      shapes: flag(hints["shapes"], before.inlayHints.shapes),
      parameterNames: parameterNames(hints["parameterNames"], before.inlayHints.parameterNames),
    },
    codeLens: flag(own["codeLens"], before.codeLens),
  };
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

type ParameterNames = Settings["inlayHints"]["parameterNames"];

function parameterNames(value: unknown, otherwise: ParameterNames): ParameterNames {
  if (value === "all" || value === "literals" || value === "none") return value;
  return typeof value === "boolean" ? (value ? "all" : "none") : otherwise;
}
