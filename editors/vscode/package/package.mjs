// `npm run package:vscode`: writes the extension as dist/layerc-vscode-<version>.vsix, from dist/ as the build has left it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { extensionFiles } from "./extension-files.mjs";
import { makeVsix } from "./vsix.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const dist = path.join(root, "dist");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

const bytes = makeVsix(await extensionFiles());
mkdirSync(dist, { recursive: true });
for (const file of readdirSync(dist)) if (file.endsWith(".vsix")) rmSync(path.join(dist, file));
const name = `layerc-vscode-${version}.vsix`;
writeFileSync(path.join(dist, name), bytes);
console.log(`dist/${name}  ${(bytes.length / 1e6).toFixed(1)} MB`);
console.log(`Install it with: code --install-extension dist/${name}`);
