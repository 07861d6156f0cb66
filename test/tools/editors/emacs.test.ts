import { expect, test } from "vitest";
import { expectAll, runEditor } from "./editor-project.ts";

test("Emacs with eglot, with the config of the page: diagnostics, hover, completion, rename, formatting", () => {
  const place = { after: "## Emacs", language: "elisp" };
  const shown = runEditor("emacs", place, "./emacs.el", (config, script) => [
    "--batch",
    "-q",
    // As an Emacs that is not run in batches does at its start.
    "--eval",
    "(package-initialize)",
    "-l",
    config,
    "-l",
    script,
  ]);
  expectAll(shown);
  const faces = ["keyword", "string", "variable-name", "function-name", "comment"];
  expect(shown).toMatchObject({ colours: faces.map((face) => `font-lock-${face}-face`) });
});
