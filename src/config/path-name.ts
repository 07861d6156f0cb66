import type { ConfigPath } from "./config-text.ts";

/** A part of a config in messages: `'overrides[0].files'`. */
export function pathName(path: ConfigPath): string {
  if (path.length === 0) return "The config";
  const steps = path.map((step, at) => (typeof step === "number" ? `[${step}]` : `${at === 0 ? "" : "."}${step}`));
  return `'${steps.join("")}'`;
}
