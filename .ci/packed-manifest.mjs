// Takes `prepare` out of package.json while it is packed, with --restore puts it back. That script builds a clone which a
// project names; in a package it has nothing to do, and npm warns of packages that have one.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const manifest = "package.json";
const whole = ".package.json.whole";

if (process.argv[2] === "--restore") {
  if (existsSync(whole)) renameSync(whole, manifest);
} else {
  const text = readFileSync(manifest, "utf8");
  const packed = JSON.parse(text);
  if (packed.scripts.prepare !== undefined) {
    writeFileSync(whole, text);
    delete packed.scripts.prepare;
    writeFileSync(manifest, `${JSON.stringify(packed, undefined, 2)}\n`);
  }
}
