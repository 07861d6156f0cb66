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
 * of them, or of another type, is as in `initial`.
 */
export function readSettings(sent: unknown, initial: Settings = defaultSettings): Settings {
  const own = isObject(sent) && isObject(sent["layerc"]) ? sent["layerc"] : sent;
  if (!isObject(own)) return initial;
  const hints = isObject(own["inlayHints"]) ? own["inlayHints"] : {};
  return {
    inlayHints: {
      shapes: flag(hints["shapes"], initial.inlayHints.shapes),
      parameterNames: parameterNames(hints["parameterNames"], initial.inlayHints.parameterNames),
    },
    codeLens: flag(own["codeLens"], initial.codeLens),
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
