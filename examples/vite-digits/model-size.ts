import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Writes into index.html, at `<!--model-size-->`, how large the module of the model is as the page loads it. */
export function modelSize(file: string): Plugin {
  return {
    name: "model-size",
    transformIndexHtml: {
      order: "post",
      async handler(html, { bundle = {}, server }) {
        const built = Object.values(bundle).find(
          (part) =>
            part.type === "chunk" &&
            part.moduleIds.some((id) => id.endsWith(file)),
        );
        const served = await server?.transformRequest(file);
        const code = built?.type === "chunk" ? built.code : served?.code;
        if (code === undefined)
          throw new Error(`${file} is not part of the page`);
        return html.replace("<!--model-size-->", describe(code));
      },
    },
  };
}

function describe(code: string): string {
  const kilobytes = (bytes: number): string =>
    `${(bytes / 1000).toFixed(1)} kB`;
  return `${kilobytes(Buffer.byteLength(code))} of JavaScript, ${kilobytes(gzipSync(code).length)} gzipped`;
}
