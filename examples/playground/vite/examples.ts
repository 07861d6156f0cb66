import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Host } from "layerc";
import type { Plugin } from "vite";

const list = "virtual:examples";
const weightsOf = "virtual:example-weights/";

/**
 * The model files of a folder as the module `virtual:examples`, read when the page is built. Their weights, which are Keras files there,
 * are safetensors files here, as layerc writes them: the reader of Keras' files is forty times as large as those weights.
 */
export function examples(folder: string, layerc: string): Plugin {
  const resolved = (id: string): string => `\0${id}`;
  return {
    name: "examples",
    resolveId: (id) =>
      id === list || id.startsWith(weightsOf) ? resolved(id) : undefined,
    async load(id) {
      if (id.startsWith(resolved(weightsOf))) {
        const name = id.slice(resolved(weightsOf).length);
        const bytes = await safetensors(folder, name, layerc);
        const base64 = Buffer.from(bytes).toString("base64");
        return `export default ${JSON.stringify(base64)};`;
      }
      if (id !== resolved(list)) return undefined;
      const names = modelFiles(folder);
      for (const name of names)
        this.addWatchFile(path.join(folder, `${name}.layers`));
      const entries = names.map((name) => entry(folder, name));
      return `export default [\n${entries.join(",\n")}\n];`;
    },
  };
}

/** The names of the model files without their ending: trained ones first, for they have something to show. */
function modelFiles(folder: string): readonly string[] {
  const rank = (name: string): number => (isTrained(folder, name) ? 0 : 1);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".layers"))
    .map((file) => file.replace(/\.layers$/, ""))
    .toSorted((a, b) => rank(a) - rank(b));
}

function entry(folder: string, name: string): string {
  const text = textOf(folder, name).replace(
    kerasWeights(name),
    `"./${name}.safetensors"`,
  );
  const samples = path.join(folder, "data", `${name}-test.json`);
  const loads = [
    ...(isTrained(folder, name)
      ? [`weights: () => import(${JSON.stringify(weightsOf + name)})`]
      : []),
    ...(readdirSync(path.dirname(samples)).includes(path.basename(samples))
      ? [`samples: () => import(${JSON.stringify(samples)})`]
      : []),
  ];
  const properties = [
    `name: ${JSON.stringify(name)}`,
    `text: ${JSON.stringify(text)}`,
    ...loads,
  ];
  return `{ ${properties.join(", ")} }`;
}

function textOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, `${name}.layers`), "utf8");
}

/** What a trained example names. */
function kerasWeights(name: string): string {
  return `"./${name}.keras"`;
}

function isTrained(folder: string, name: string): boolean {
  return textOf(folder, name).includes(kerasWeights(name));
}

/** The weights of an example, as `layerc build --weights file` writes them. */
async function safetensors(
  folder: string,
  name: string,
  layerc: string,
): Promise<Uint8Array> {
  const { compile } = (await import(
    pathToFileURL(layerc).href
  )) as typeof import("layerc");
  const host: Host = {
    resolve: (_, relative) => path.join(folder, relative),
    readText: async (file) => ({
      ok: true,
      content: readFileSync(file, "utf8"),
    }),
    readBytes: async (file) => ({ ok: true, content: readFileSync(file) }),
  };
  const source = { path: `${name}.layers`, text: textOf(folder, name) };
  const { files } = await compile(source, { host, weights: "file" });
  const found = files.find(({ name: file }) => file.endsWith(".safetensors"));
  if (typeof found?.content !== "object")
    throw new Error(`${name}.layers has no weights`);
  return found.content;
}
