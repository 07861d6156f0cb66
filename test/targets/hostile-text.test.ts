import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectLaidOut } from "../support/laid-out.ts";
import { compileText } from "./support/compile-text.ts";
import { runModule } from "./support/run-module.ts";
import { typeCheck, type TypeChecked } from "./support/type-check.ts";

/** Text that ends a comment, a string, a template or a page, if it is not escaped. */
const payloads = [
  "*/ globalThis.owned = 1; /*",
  "*\\/ globalThis.owned = 1; /*",
  "**/globalThis.owned = 1;/**",
  "`; globalThis.owned = 1; `",
  "${globalThis.owned = 1}",
  `"; globalThis.owned = 1; "`,
  "'; globalThis.owned = 1; '",
  "</script><script>globalThis.owned = 1</script>",
  "<!-- globalThis.owned = 1",
  "a\u2028globalThis.owned = 1;",
  "a\u2029globalThis.owned = 1;",
  "a\u0085globalThis.owned = 1;",
  "a\u000bb\u000cc\u0000d\u0007e",
  "\u202egnihtyreve\u202c \u2066\u2069 \ufeff",
  "$preformatted$0;",
  "@type {any} @import",
  "// \\",
  "trailing space   ",
  "  * leading",
  "\ud83d\ude42 🙂 層",
];

const quote = (text: string): string => JSON.stringify(text).replaceAll("\\u", "\\u");
const words = payloads.filter((text) => !/[\u0000-\u001f\u0085\u2028\u2029]/.test(text));

const docs = payloads.map((text) => `/// ${text}`).join("\n");
const sources: Readonly<Record<string, string>> = {
  docs: `${docs}\nmodel Net {\n  input [2]\n${docs}\n  Dense(2)\n}`,
  "one-line doc": `/// */ globalThis.owned = 1; /*\nmodel Net { input [2]  Dense(2) }`,
  labels: `model Net { input [2]  Dense(${words.length})  labels [${words.map(quote).join(", ")}] }`,
  layers: `model Net { input [2]\n${words
    .filter((text) => !text.includes("/"))
    .map((text) => `${quote(text)}: Dense(2)`)
    .join("\n")}\n}`,
};

const texts = new Map<string, string>();
const javascript: string[] = [];
let checked: TypeChecked;

beforeAll(async () => {
  for (const [name, source] of Object.entries(sources)) {
    const module = name.replaceAll(" ", "-");
    texts.set(`${module}.ts`, (await compileText(source)).text);
    const { text, declarations } = await compileText(source, { emit: "js" });
    javascript.push(text);
    texts.set(`${module}_js.d.ts`, declarations);
  }
  checked = await typeCheck(texts);
});
afterAll(() => checked?.dispose());

describe("text of a model file never becomes code", () => {
  test("modules with it pass the strict type check", () => expect(checked.errors).toBe(""));

  test("they are laid out as Prettier would", () => expectLaidOut([...texts.values(), ...javascript]));

  test("running them sets nothing", async () => {
    expect(javascript.length).toBe(Object.keys(sources).length);
    for (const text of javascript) await runModule(text);
    for (const name of Object.keys(sources)) await checked.run(name.replaceAll(" ", "-"));
    expect(globalThis).not.toHaveProperty("owned");
  });

  test("without comments and strings nothing of it is left", () => {
    for (const text of [...texts.values(), ...javascript]) {
      const code = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\/|\/\/.*/g, (found) => (found[0] === '"' ? '""' : ""));
      expect(code.match(/.*(?:owned =|script>|\$preformatted\$\d+;?$).*/)?.[0]).toBeUndefined();
    }
  });

  test("no text can hide what follows: no line separators, no direction marks, no page ends", () => {
    for (const text of [...texts.values(), ...javascript]) {
      expect(
        text.match(
          new RegExp(
            `.*${/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/.source}.*`,
          ),
        )?.[0],
      ).toBeUndefined();
      expect(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, "")).not.toMatch(/<\/script|<!--/);
    }
  });

  test("labels arrive as they were written", async () => {
    const info = (await checked.run("labels"))["netInfo"] as { labels: readonly string[] };
    expect(info.labels).toEqual(words);
  });
});
