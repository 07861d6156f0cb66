import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { withCodeServer } from "./with-workbench.ts";
import { seen } from "./workbench.ts";

describe.runIf(hasChromium)("a folder that is not trusted", () => {
  const open = withCodeServer({
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.emptyWindow": false,
  });

  test("has its files checked, but its config is not run until it is trusted", async () => {
    const { openFile, path, problems, run, page } = await open({
      "layerc.config.mjs": `import fs from "node:fs";
fs.writeFileSync(new URL("ran.txt", import.meta.url), "");
export default {};
`,
      "outside.layers": 'import { Hidden } from "../../outside.layers"\nmodel Mail { input [2] Hidden(3) }',
    });
    const source = await openFile("outside.layers");
    await source.locator(".squiggly-error").first().waitFor();
    await seen(problems, /outside/);
    expect(fs.existsSync(path("ran.txt"))).toBe(false);

    await run("Workspaces: Manage Workspace Trust");
    await page.getByRole("button", { name: "Trust", exact: true }).click();
    await expect.poll(() => fs.existsSync(path("ran.txt"))).toBe(true);
  });
});
