// The extension's code, as the editor loads it: a CommonJS module for its extension host, and the scripts of the pages with a drawing, and with a training.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** The texts of the bundles by their names, and the paths of the modules in them. */
export async function bundleExtension() {
  const bundles = [
    await bundle("src/extension.ts", { platform: "node", format: "cjs", external: ["vscode"] }),
    ...(await Promise.all(
      ["diagram", "training"].map((view) =>
        bundle(`src/${view}/page/page.ts`, { platform: "browser", format: "iife", external: [] }),
      ),
    )),
  ];
  const [extension, diagram, training] = bundles;
  return {
    texts: { "extension.cjs": extension.code, "diagram-page.js": diagram.code, "training-page.js": training.code },
    moduleIds: bundles.flatMap(({ moduleIds }) => moduleIds),
  };
}

async function bundle(input, { platform, format, external }) {
  const bundled = await rolldown({
    cwd: folder,
    input,
    platform,
    external,
    onLog(level, log, defaultHandler) {
      // A bundle with a warning is not one to publish.
      defaultHandler(level === "warn" ? "error" : level, log);
    },
  });
  const { output } = await bundled.generate({
    file: path.join(folder, "unused.js"),
    format,
    codeSplitting: false,
    comments: { legal: true, annotation: false, jsdoc: false },
    minify: { compress: false, mangle: false, codegen: true },
  });
  await bundled.close();
  return output[0];
}
