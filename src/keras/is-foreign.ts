import { ownString, type JsonObject } from "../files/json.ts";

/** Whether a serialized object is of a class that is not Keras' own. */
export function isForeign(node: JsonObject): boolean {
  const registered = ownString(node, "registered_name");
  if (registered !== undefined && registered.includes(">") && !registered.startsWith("keras>")) return true;
  const module = ownString(node, "module");
  return module !== undefined && !/^(builtins$|(keras|tf_keras|tensorflow\.(python\.)?keras)(\.|$))/.test(module);
}
