// Runs a script in QuickJS, which has the language and nothing else: node quickjs.mjs FILE. What it prints is printed.
import { readFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";

const context = (await getQuickJS()).newContext();
const print = context.newFunction("print", (text) => console.log(context.getString(text)));
context.setProp(context.global, "print", print);
const result = context.evalCode(readFileSync(process.argv[2], "utf8"));
if (result.error) throw new Error(JSON.stringify(context.dump(result.error)));
