import path from "node:path";
import { expect, test } from "vitest";
import { expectAll, runEditor } from "./editor-project.ts";

test("Neovim, with the config of the page for Debian's, started outside of the project: diagnostics, hover, completion, rename, formatting", () => {
  const shown = runEditor(
    "nvim",
    { after: "Up to 0.10", language: "lua" },
    "./neovim.lua",
    (config, script) => [
      "--clean",
      "--headless",
      "--cmd",
      `set runtimepath^=${path.dirname(config)}/nvim`,
      "-u",
      config,
      "-c",
      `luafile ${script}`,
    ],
    { "nvim/syntax/layers.vim": { after: "Colours, in", language: "vim" } },
  );
  expectAll(shown);
  expect(shown).toMatchObject({ colours: ["Keyword", "Label", "Function", "Number"], root: true });
});
