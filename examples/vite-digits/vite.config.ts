import layerc from "layerc/vite";
import { defineConfig } from "vite";
import { modelSize } from "./model-size.ts";

const model = "/src/digits.layers";

export default defineConfig({
  plugins: [layerc(), modelSize(model)],
  build: {
    rolldownOptions: {
      // A chunk of its own: the page changes more often than the model.
      output: {
        codeSplitting: {
          groups: [{ name: "digits", test: (id) => id.endsWith(model) }],
        },
      },
    },
  },
});
