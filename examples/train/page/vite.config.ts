import { fileURLToPath } from "node:url";
import layerc from "layerc/vite";
import { defineConfig } from "vite";
import { samples } from "./samples.ts";

export default defineConfig({
  plugins: [layerc({ training: true }), samples()],
  // The pad is that of vite-digits/.
  server: { fs: { allow: [fileURLToPath(new URL("../..", import.meta.url))] } },
});
