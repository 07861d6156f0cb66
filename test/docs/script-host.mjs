// Runs the scripts named on the command line one after the other, each in its own folder, and prints as JSON what each one
// printed, or how it failed. One process for all: layerc is loaded once.
import path from "node:path";
import { pathToFileURL } from "node:url";

const write = process.stdout.write;
const runs = [];
for (const file of process.argv.slice(2)) {
  let printed = "";
  process.stdout.write = (text) => {
    printed += String(text);
    return true;
  };
  process.chdir(path.dirname(file));
  try {
    await import(pathToFileURL(file).href);
    runs.push({ printed });
  } catch (error) {
    runs.push({ printed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  } finally {
    process.stdout.write = write;
  }
}
console.log(JSON.stringify(runs));
