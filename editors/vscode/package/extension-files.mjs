// What is in the extension, by the paths in it:
//   package.json, README.md, ...   from this folder; the manifest with the version of layerc
//   layers.tmLanguage.json         the grammar, as `npm run generate` writes it
//   dist/                          the code of the extension
//   layerc/                        the command line, which has the language server in it, as the package of npm has it
//   THIRD-PARTY-LICENSES.txt       of what is bundled in dist/; layerc/ has its own
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { thirdPartyLicenses } from "../../../.ci/third-party-licenses.mjs";
import { bundleExtension } from "./bundle.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = "editors/vscode";

/** Of this folder. */
const own = ["language-configuration.json", "snippets.json", "icons", "screenshot.png"];

/** What the command line loads of the packages that it does not bundle. */
const packages = {
  fflate: ["package.json", "LICENSE", "esm/index.mjs", "lib/node.cjs"],
  jiti: ["package.json", "LICENSE", "lib/jiti.mjs", "lib/jiti.cjs", "dist"],
  wabt: ["package.json", "LICENSE", "index.js"],
};

/** The content of the extension's files, as texts or bytes. */
export async function extensionFiles() {
  const layerc = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const files = new Map([["package.json", json(manifest(layerc))]]);
  const add = (to, from) => {
    const found = path.join(root, from);
    if (!statSync(found).isDirectory()) files.set(to, readFileSync(found));
    else for (const name of readdirSync(found).sort()) add(`${to}/${name}`, `${from}/${name}`);
  };
  for (const name of own) add(name, `${folder}/${name}`);
  files.set("README.md", withoutLinksOutside(readFileSync(path.join(root, folder, "README.md"), "utf8"), files));
  add("CHANGELOG.md", "CHANGELOG.md");
  add("LICENSE.txt", "LICENSE");
  add("layers.tmLanguage.json", "grammar/layers.tmLanguage.json");

  const { texts, moduleIds } = await bundleExtension();
  for (const [name, text] of Object.entries(texts)) files.set(`dist/${name}`, text);
  files.set("THIRD-PARTY-LICENSES.txt", thirdPartyLicenses(moduleIds));

  const { name: layercName, version, type, bin, license } = layerc;
  files.set("layerc/package.json", json({ name: layercName, version, type, bin, license }));
  // The formatter is an entry of its own in dist/, which the command line imports.
  const made = ["cli.js", "chunks", "plugins/prettier.js", "THIRD-PARTY-LICENSES.txt"];
  for (const name of made) add(`layerc/dist/${name}`, `dist/${name}`);
  for (const [package_, names] of Object.entries(packages)) {
    for (const one of names) add(`layerc/node_modules/${package_}/${one}`, `node_modules/${package_}/${one}`);
  }
  return files;
}

/** That of the editor: with the version of layerc, and without what only the sources need. */
function manifest({ version, license }) {
  const { type: _, private: __, ...others } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
  return { ...others, version, license };
}

/** A page whose links to files of the repository that the extension does not have are their texts. */
function withoutLinksOutside(markdown, files) {
  return markdown.replaceAll(/\[([^\]]+)\]\(([^)]*)\)/g, (link, text, target) =>
    /^(?:https:|#)/.test(target) || files.has(target) ? link : text,
  );
}

function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
