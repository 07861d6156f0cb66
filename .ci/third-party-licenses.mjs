// The licences of what is bundled.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the texts of licences are, for packages that come without. */
const textOfLicense = {
  "Apache-2.0": "node_modules/chevrotain/LICENSE.txt",
  "BSD-3-Clause": ".ci/licenses/protobuf-bsd-3-clause.txt",
  MIT: ".ci/licenses/mit.txt",
};

/** The licence texts of the packages that modules come from, by the modules' paths. */
export function thirdPartyLicenses(moduleIds) {
  const sections = packagesOf(moduleIds).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const texts = licenseFiles(folder, license).map((file) => readFileSync(file, "utf8").trim());
    return [`${name} ${version} (${license})`, ...texts].join("\n\n");
  });
  return `${sections.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

/** The folders of the packages, sorted. */
function packagesOf(ids) {
  const folders = new Set();
  for (const id of ids) {
    const found = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(id);
    if (found !== null) folders.add(found[1]);
  }
  return [...folders].sort();
}

/**
 * The files of a package with its licence, and with those of what is bundled in it. For a package that comes without any, as
 * @bufbuild/protobuf does, the text of each of its licences, from a package that has it.
 */
function licenseFiles(folder, license) {
  const own = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|third-party-notices)/i.test(file))
    .sort()
    .map((file) => path.join(folder, file));
  if (own.length > 0) return own;
  return license
    .replace(/[()]/g, "")
    .split(/ (?:AND|OR) /)
    .map((name) => {
      const file = textOfLicense[name];
      if (file === undefined) throw new Error(`${folder} has no licence text: add where that of ${name} is`);
      return path.join(root, file);
    });
}
