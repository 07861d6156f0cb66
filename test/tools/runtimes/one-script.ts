import path from "node:path/posix";
import { rolldown } from "rolldown";
import type { ModuleFiles } from "./build.ts";
import type { Force } from "./force.ts";

/** All that a force runs as one script without imports, which prints what came of it. For engines that know no files. */
export async function oneScript(files: ModuleFiles, force: Force): Promise<string> {
  const entry = `import { run } from "./run-${force}.js";
(typeof print === "function" ? print : console.log)(JSON.stringify(run()));
`;
  const all = new Map([...files, ["script.js", entry]]);
  const bundle = await rolldown({
    input: "script.js",
    platform: "neutral",
    plugins: [
      {
        name: "files-in-memory",
        resolveId: (id, importer) => path.join(importer === undefined ? "" : path.dirname(importer), id),
        load: (id) => all.get(id) ?? null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "iife" });
  await bundle.close();
  return output[0].code;
}
