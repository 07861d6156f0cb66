// Installs the dependencies when they are missing or are not those of package-lock.json; says so in one line. With a folder
// as its argument, those of the package there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.argv[2] ?? ".";
const root = path.join(fileURLToPath(new URL("..", import.meta.url)), folder);

const problem = findProblem();
if (problem !== undefined) {
  const where = folder === "." ? "" : ` of ${folder}`;
  // Not on stdout, which `npm pack` leaves to the name of its file.
  console.error(`Installing dependencies${where} (npm ci): ${problem} ...`);
  // npm hands its own options on to the scripts it runs: `npm pack --dry-run` installs nothing, `--omit=dev` too little.
  const options = ["--dry-run=false", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  // The package's own scripts build it, which is not asked here; those of the other folders' packages may be needed.
  const arguments_ = ["ci", ...options, ...(folder === "." ? ["--ignore-scripts"] : [])];
  // The npm that runs this script, where it says so; `shell` finds npm.cmd on Windows.
  const npm = process.env.npm_execpath;
  const { status, stdout, stderr } =
    npm !== undefined && /\.[cm]?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...arguments_], { cwd: root, encoding: "utf8" })
      : spawnSync("npm", arguments_, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (status !== 0) {
    console.error(stdout ?? "", stderr ?? "");
    console.error("The dependencies could not be installed. Is the npm registry reachable?");
    process.exit(1);
  }
}

/** Why the installed packages are not those of the lock file, or undefined. */
function findProblem() {
  const installed = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return "they are missing";
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(installed);
  for (const [name, { version, optional, dev, link }] of Object.entries(wanted)) {
    if (name === "" || link || (optional && present[name] === undefined)) continue;
    if (present[name] === undefined || !existsSync(path.join(root, name, "package.json"))) {
      return `${name.replace(/^node_modules\//, "")} is missing${dev ? " (a development dependency)" : ""}`;
    }
    if (present[name].version !== version) return `${name.replace(/^node_modules\//, "")} is not ${version}`;
  }
  return undefined;
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}
