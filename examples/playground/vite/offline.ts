import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/**
 * Adds `service-worker.js`, which keeps the files of the built page, so that it opens without a network once it has been open. What is
 * loaded only when it is used (`isLarge`) is kept from then on.
 */
export function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle).map((file) => ({
        name: file.fileName,
        content: file.type === "chunk" ? file.code : file.source,
      }));
      const kept = files.filter(
        ({ name, content }) =>
          !name.endsWith(".map") && content.length < isLarge,
      );
      // Another page is another version; names of files have hashes already.
      const version = createHash("sha256")
        .update(files.map(({ name }) => name).join())
        .digest("hex")
        .slice(0, 12);
      const source = readFileSync(
        new URL("service-worker.js", import.meta.url),
        "utf8",
      );
      const settings = {
        version,
        files: ["./", ...kept.map(({ name }) => name)],
      };
      this.emitFile({
        type: "asset",
        fileName: "service-worker.js",
        source: `const settings = ${JSON.stringify(settings)};\n${source}`,
      });
    },
  };
}

/** The reader of HDF5 is this large; nothing else comes near. */
const isLarge = 2_000_000;
