import { test } from "vitest";
import { expectAll, runEditor } from "./editor-project.ts";

test("Neovim, with the config of the page for Debian's: diagnostics, hover, completion, rename, formatting", () => {
  const place = { after: "Before, as in Debian", language: "lua" };
  const shown = runEditor("nvim", place, "./neovim.lua", (config, script) => [
    "--clean",
    "--headless",
    "-u",
    config,
    "-c",
    `luafile ${script}`,
  ]);
  expectAll(shown);
});
