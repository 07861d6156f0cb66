import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { check, type Model } from "../../src/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";

const folder = fileURLToPath(new URL("../../examples/", import.meta.url));
const host = createNodeHost(folder, nodeFileSystem);

/** The models of an example. */
export function exampleModels(name: string): Promise<readonly Model[]> {
  return checkModels(readFileSync(path.join(folder, `${name}.layers`), "utf8"), `${name}.layers`);
}

/** The models of a text, which has to be right; it may import the examples. */
export async function checkModels(text: string, file = "model.layers"): Promise<readonly Model[]> {
  const { models, diagnostics } = await check({ path: file, text }, { host });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`${errors.map(({ message }) => message).join("; ")} in ${text}`);
  return models;
}
