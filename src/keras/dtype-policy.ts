import { isObject, ownString, ownValue } from "../files/json.ts";
import type { KerasConfig } from "./keras-config.ts";

/** In what a layer keeps its values and computes. */
interface DtypePolicy {
  /** `float64`, `mixed_float16`; of a quantised layer `int8_from_float32`, whether the file names it or not. */
  readonly name: string;
  /** How the layer is quantised. */
  readonly mode?: string;
  /** Of a quantised layer, the policy that it had before: what it computes in where its inputs stay floats. */
  readonly source?: string;
}

/** The dtype policy of a layer, which files have as its name or serialized. */
export function dtypePolicyOf({ config }: KerasConfig): DtypePolicy | undefined {
  const dtype = ownValue(config, "dtype");
  if (typeof dtype === "string") return named(dtype);
  const policy = isObject(dtype) ? ownValue(dtype, "config") : undefined;
  if (!isObject(policy)) return undefined;
  const mode = ownString(policy, "mode");
  if (mode !== undefined) return quantised(mode, ownString(policy, "source_name") ?? "float32");
  const name = ownString(policy, "name");
  return name === undefined ? undefined : named(name);
}

function named(name: string): DtypePolicy {
  const [, mode, source] = /^(.+)_from_(.*)$/.exec(name) ?? [];
  return mode === undefined || source === undefined ? { name } : quantised(mode, source);
}

function quantised(mode: string, source: string): DtypePolicy {
  return { name: `${mode}_from_${source}`, mode, source };
}
