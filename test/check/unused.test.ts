import { describe, expect, test } from "vitest";
import { quickCompiler } from "../support/quick-compiler.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { checkText } from "./check-text.ts";

const model = "model M { input [4] Dense(3) }";
const messagesOf = async (text: string) => (await checkText(text)).diagnostics.map(({ message }) => message);

describe("what a file declares and does not use is a warning", () => {
  test("each let, dim and block, at its name", async () => {
    const { diagnostics } = await checkText(`let a = 1 dim b block C() { Dense(1) } ${model}`);
    expect(diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "warning: The let 'a' is not used",
      "warning: The dim 'b' is not used",
      "warning: The block 'C' is not used",
    ]);
    expect(diagnostics.map(({ span }) => span?.start)).toEqual([4, 14, 22]);
  });

  test.each([
    ["in an argument", "let n = 3 model M { input [4] Dense(n) }"],
    ["in a let that is used", "let n = 3 let m = n * 2 model M { input [4] Dense(m) }"],
    ["in an input clause", "dim time model M { input [time, 4] Dense(3) }"],
    ["in a label", 'let first = "a" model M { input [4] Dense(1) labels [first] }'],
    ["as the count of a repeat", "let n = 3 model M { input [4] repeat n { Dense(4) } }"],
    ["in an assertion", "let n = 3 model M { input [4] Dense(3) -> [n] }"],
    ["as a layer", "block B() { Dense(3) } model M { input [4] B() }"],
    ["in a block", "let n = 3 block B() { Dense(n) } model M { input [4] B() }"],
    ["as the default of a parameter", "let n = 3 block B(units=n) { Dense(units) } model M { input [4] B() }"],
    ["nowhere, with a doc comment", `/// The units of all heads.\nlet n = 3\n${model}`],
    ["nowhere, in a file without models", "let n = 3 dim time block B() { Dense(n) }"],
  ])("not of what is used %s", async (_, text) => expect(await messagesOf(text)).toEqual([]));

  test("not where an error may hide the use", async () => {
    expect(await messagesOf("let hidden = 16 model M { input [4] Dense(hiden) }")).toHaveLength(1);
  });

  test("not of what another file of the run imports", async () => {
    const sandbox = makeSandbox({
      "a.layers": `block Hidden() { Dense(8) } ${model}`,
      "b.layers": 'import { Hidden } from "./a.layers"\nmodel N { input [4] Hidden() Dense(3) }',
    });
    const check = (...files: readonly string[]) => sandbox.run(["check", ...files], { compiler: quickCompiler });
    expect((await check("a.layers")).stderr).toContain("The block 'Hidden' is not used");
    expect(await check("a.layers", "b.layers")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
