import { describe, expect, test } from "vitest";
import type { CompletionItem } from "../../src/language-service/completion/completion-item.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { complete } from "../../src/language-service/features/completion.ts";
import { signatureHelp } from "../../src/language-service/features/signature-help.ts";
import { expandSnippet } from "./expand-snippet.ts";
import { open, type Files } from "./open.ts";

const files: Files = {
  "lib.layers":
    "/// Doc.\nblock Hidden(units, rate=0.1) { Dense(units) Dropout(rate) }\nmodel Encoder { input [4] Dense(3) }\nlet width = 3",
  "models/deep/a.layers": "let other = 1",
  "w.safetensors": "",
  "models/digits.keras": "",
  "README.md": "",
};

async function items(marked: string): Promise<readonly CompletionItem[]> {
  const { analysis, offset, surroundings } = await open(marked, files);
  return complete(analysis, offset, surroundings);
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await items(marked)).toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ label }) => label);
}

/** The text after the completion of that label is accepted. */
async function accepted(marked: string, label: string): Promise<string> {
  const text = marked.replace("<|>", "");
  const found = (await items(marked)).find((item) => item.label === label);
  if (found === undefined) throw new Error(`'${label}' is not offered`);
  return applyEdits(text, [...found.additionalEdits, { ...found.edit, text: expandSnippet(found.edit.text) }]);
}

describe("where a declaration can begin", () => {
  test("its keywords, as snippets", async () => {
    expect(await labels("<|>")).toEqual(["model", "block", "let", "dim", "import"]);
    expect(await accepted("let n = 3\nmo<|>", "model")).toBe("let n = 3\nmodel Name {\n  input [4]\n\n  Dense(1)\n}");
  });
});

describe("in a body", () => {
  test("the clauses that the model lacks, then what is declared, then layers", async () => {
    const offered = await labels(
      "let n = 1 dim time block B(u) { Dense(u) } model N { input [4] Dense(1) } model M { <|> }",
    );
    expect(offered.slice(0, 8)).toEqual(["input", "labels", "repeat", "weights", "compile", "B", "N", "Dense"]);
    expect(offered).toContain("TimeDistributed");
    expect(offered).not.toContain("n");
    expect(offered).not.toContain("M");
    const all = 'model M { input [4] weights "./w.safetensors" labels ["a"] compile(loss=mse) <|> }';
    expect((await labels(all)).slice(0, 2)).toEqual(["repeat", "Dense"]);
  });

  test("no clauses in a block or a repeat, and no input behind a layer", async () => {
    for (const marked of ["block B() { <|> }", "model M { repeat 2 { <|> } }"]) {
      expect((await labels(marked)).slice(0, 2), marked).toEqual(["repeat", "Dense"]);
    }
    expect(await labels("model M { Dense(3) <|> }")).not.toContain("input");
  });

  test("a layer is written with the arguments that it must have", async () => {
    expect(await accepted("model M { Den<|> }", "Dense")).toBe("model M { Dense(64) }");
    expect(await accepted("model M { <|> }", "Flatten")).toBe("model M { Flatten() }");
    expect(await accepted("model M { <|> }", "Embedding")).toBe("model M { Embedding(64, 64) }");
    expect(await accepted("model M { <|> }", "Dropout")).toBe("model M { Dropout(0.5) }");
    expect(await accepted("model M { <|> }", "Activation")).toBe("model M { Activation(relu) }");
    expect(await accepted("model M { <|> }", "repeat")).toBe("model M { repeat 2 {\n  Dense(64)\n} }");
  });

  test("arguments and words that are there already stay", async () => {
    expect(await accepted("model M { De<|>nse(3, relu) }", "EinsumDense")).toBe("model M { EinsumDense(3, relu) }");
    expect(await accepted("model M { input [4] <|>Dense(3) }", "Flatten")).toBe(
      "model M { input [4] Flatten() Dense(3) }",
    );
    expect(await labels("model M { hid<|>den: Dense(3) }")).toEqual([]);
    expect(await labels("model M { in<|>put [4] }")).toEqual([]);
  });

  test("behind a label, only what can have a name", async () => {
    const offered = await labels("block B() { Dense(1) } model N { input [4] Dense(1) } model M { hidden: <|> }");
    expect(offered.slice(0, 2)).toEqual(["N", "Dense"]);
  });

  test("what an import brings comes with the import", async () => {
    expect(await accepted("model M { input [4] Hid<|> }", "Hidden")).toBe(
      'import { Hidden } from "./lib.layers"\n\nmodel M { input [4] Hidden(units) }',
    );
    expect(await accepted('import { width } from "./lib.layers"\nmodel M { input [4] <|> }', "Encoder")).toBe(
      'import { width, Encoder } from "./lib.layers"\nmodel M { input [4] Encoder }',
    );
    const [hidden] = (await items("model M { <|> }")).filter(({ label }) => label === "Hidden");
    expect(hidden).toMatchObject({ kind: "block", detail: "Hidden(units, rate=...) from ./lib.layers" });
    expect(hidden?.documentation).toContain("Doc.");
  });
});

describe("in a call", () => {
  test("the arguments that are not given, with their defaults", async () => {
    const offered = await labels("model M { Dense(3, use_bias=false, <|>) }");
    expect(offered[0]).toBe("activation=");
    expect(offered).not.toContain("units=");
    expect(offered).not.toContain("use_bias=");
    expect(offered).not.toContain("relu");
    expect(await accepted("model M { Dense(3, act<|>) }", "activation=")).toBe(
      "model M { Dense(3, activation=linear) }",
    );
    expect(await accepted("model M { Dense(3, <|>use_bias=false) }", "activation=")).toBe(
      "model M { Dense(3, activation=linear, use_bias=false) }",
    );
    expect(await accepted("model M { Dense(<|>64) }", "units=")).toBe("model M { Dense(units=64) }");
    expect(await accepted("model M { Dense(3, act<|>=relu) }", "activation=").catch(() => "")).toBe("");
    expect(await accepted("model M { Dense(3, act<|>=relu) }", "activation")).toBe(
      "model M { Dense(3, activation=relu) }",
    );
  });

  test("the words that an argument takes, with what they compute", async () => {
    const found = await items("model M { Dense(3, activation=<|>) }");
    const relu = found.find(({ label }) => label === "relu");
    expect(relu).toMatchObject({ kind: "activation", detail: "relu(negative_slope=0, max_value=none, threshold=0)" });
    expect(relu?.documentation).toContain("`max(x, 0)`");
    expect(found.map(({ label }) => label)).not.toContain("he_normal");
    expect(await labels("model M { Dense(3, use_bias=<|>) }")).toEqual(expect.arrayContaining(["true", "false"]));
    expect((await labels("model M { Dense(3, kernel_regularizer=<|>) }")).slice(0, 5)).toEqual([
      "l1",
      "l2",
      "l1_l2",
      "orthogonal_regularizer",
      "none",
    ]);
    expect(await labels("model M { Dense(3, bias_initializer=<|>) }")).not.toContain("orthogonal");
    expect(await labels("model M { Dense(3, kernel_initializer=variance_scaling(mode=<|>)) }")).toEqual(
      expect.arrayContaining(["fan_in", "fan_out", "fan_avg"]),
    );
  });

  test("the names whose values fit", async () => {
    const lets = "let n = 8 let f = relu let half = 0.5 dim time ";
    expect((await labels(`${lets}model M { Dense(<|>) }`))[0]).toBe("n");
    expect(await labels(`${lets}model M { Dense(<|>) }`)).not.toContain("f");
    expect(await labels(`${lets}model M { Dense(3, activation=<|>) }`)).toContain("f");
    expect(await labels(`${lets}model M { Dense(2 * <|>) }`)).toEqual(expect.arrayContaining(["n", "half"]));
    expect(await labels(`${lets}model M { Reshape([<|>]) }`)).toEqual(expect.arrayContaining(["n", "time"]));
    expect((await labels("block B(units, rate) { Dense(<|>) }")).slice(0, 2)).toEqual(["rate", "units"]);
  });

  test("of a block, its parameters", async () => {
    expect(await labels("block B(a, b=2) { Dense(a) } model M { B(<|>) }")).toEqual(
      expect.arrayContaining(["a=", "b="]),
    );
    expect(await accepted("block B(a, b=2) { Dense(a) } model M { B(1, <|>) }", "b=")).toContain("B(1, b=2)");
  });
});

describe("elsewhere", () => {
  test("sizes of a shape: dims and values, and those of other files last", async () => {
    expect(await labels("dim time let n = 3 let f = relu model M { input [<|>] }")).toEqual([
      "n",
      "time",
      "other",
      "width",
    ]);
  });

  test("the shape that is asserted", async () => {
    expect(await accepted("model M { input [4] Dense(3) -> <|> }", "[3]")).toBe(
      "model M { input [4] Dense(3) -> [3] }",
    );
    expect(await labels("dim t model M { input [t, 4] Flatten() -> <|> }")).toEqual([]);
  });

  test("the names and the path of an import", async () => {
    expect(await labels('import { Hidden, <|> } from "./lib.layers"')).toEqual(["Encoder", "width"]);
    expect(await accepted("import { Hidden } <|>", "from")).toBe('import { Hidden } from "./"');
    expect(await labels('import { A } from "<|>"')).toEqual(["lib.layers", "../", "models/"]);
    expect(await accepted('import { A } from "<|>"', "lib.layers")).toBe('import { A } from "./lib.layers"');
    expect(await accepted('import { A } from "./models/<|>', "deep/")).toBe('import { A } from "./models/deep/"');
    expect(await accepted('import { A } from "./models/deep/<|>"', "a.layers")).toBe(
      'import { A } from "./models/deep/a.layers"',
    );
  });

  test("the path of a weight file", async () => {
    expect(await labels('model M { weights "./<|>" }')).toEqual(["w.safetensors", "models/"]);
    expect(await accepted('model M { weights "<|>" }', "w.safetensors")).toBe('model M { weights "./w.safetensors" }');
    expect(await accepted('model M { weights "./models/di<|>gits.keras" }', "digits.keras")).toBe(
      'model M { weights "./models/digits.keras" }',
    );
    expect(await labels('model M { weights "./w.safetensors" <|> }')).toContain("prefix");
  });

  test("values of a let, without the let itself", async () => {
    const offered = await labels("let m = 1 let n = <|>");
    expect(offered).toEqual(expect.arrayContaining(["m", "relu", "he_normal", "true", "none", "floor"]));
    expect(offered).not.toContain("n");
  });
});

describe("signature help", () => {
  const help = async (marked: string): Promise<string | undefined> => {
    const { analysis, offset } = await open(marked);
    const found = signatureHelp(analysis, offset);
    if (found === undefined) return undefined;
    const active = found.active === undefined ? undefined : found.parameters[found.active];
    return `${found.label.split("(")[0]}: ${active === undefined ? "-" : found.label.slice(active.start, active.end)}`;
  };

  test.each([
    ["model M { Dense(<|>) }", "Dense: units"],
    ["model M { Dense(6<|>4, relu) }", "Dense: units"],
    ["model M { Dense(64, <|>relu) }", "Dense: activation=linear"],
    ["model M { Dense(64, use_bias=<|>", "Dense: use_bias=true"],
    ["model M { Dense(64, wrong=<|>) }", "Dense: -"],
    ["model M { Dense(64, kernel_initializer=he_normal(<|>)) }", "he_normal: seed=none"],
    ["model M { Reshape([2, <|>3]) }", "Reshape: target_shape"],
    ["block B(a, b=2*3) { Dense(a) } model M { B(1, <|>) }", "B: b=2*3"],
    ["let n = floor(<|>)", "floor: x"],
    ["model M { TimeDistributed(Dense(<|>)) }", "Dense: units"],
    ["model M { Dense(\n  64,\n  <|>\n", "Dense: activation=linear"],
  ])("%s", async (marked, expected) => {
    expect(await help(marked)).toBe(expected);
  });

  test.each(["model M { <|> }", "model M { Dense(3)<|> }", "model M { Dense(3, // <|>\n) }", "model M { Wrong(<|>) }"])(
    "none at %s",
    async (marked) => {
      expect(await help(marked)).toBeUndefined();
    },
  );
});
