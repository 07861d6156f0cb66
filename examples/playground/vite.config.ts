import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { examples } from "./vite/examples.ts";
import { offline } from "./vite/offline.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const built = (name: string): string => `${checkout}dist/${name}`;

/** Whether there is someone at a terminal, and something to show them a page. */
const canOpen =
  process.stdout.isTTY &&
  !process.env["CI"] &&
  (process.platform !== "linux" ||
    Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]));

export default defineConfig({
  // The page works in any folder of any server.
  base: "./",
  resolve: {
    // This checkout, as it is built: the page shows what the code beside it does.
    alias: [
      {
        find: /^layerc\/language-server$/,
        replacement: built("language-server/index.js"),
      },
      { find: /^layerc$/, replacement: built("index.js") },
    ],
  },
  // layerc's own modules come in pieces already.
  optimizeDeps: { exclude: ["layerc", "layerc/language-server"] },
  server: { open: canOpen, fs: { allow: [checkout] } },
  preview: { open: canOpen },
  worker: { format: "es" },
  build: { target: "es2023", chunkSizeWarningLimit: Infinity },
  plugins: [examples(`${checkout}examples`, built("index.js")), offline()],
});
