import { describe, expect, test } from "vitest";
import type { CompletionItem } from "../../src/language-service/completion/completion-item.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { complete } from "../../src/language-service/features/completion.ts";
import { documentSymbols } from "../../src/language-service/features/document-symbols.ts";
import { foldingRanges } from "../../src/language-service/features/folding.ts";
import { hover } from "../../src/language-service/features/hover.ts";
import { inlayHints } from "../../src/language-service/features/inlay-hints.ts";
import { rename } from "../../src/language-service/features/rename.ts";
import { selectionRanges } from "../../src/language-service/features/selection-ranges.ts";
import { semanticTokens } from "../../src/language-service/features/semantic-tokens.ts";
import { signatureHelp } from "../../src/language-service/features/signature-help.ts";
import { actionsOf } from "./actions-of.ts";
import { expandSnippet } from "./expand-snippet.ts";
import { open } from "./open.ts";

/** A model of three classes around what is asked about. */
const classes = (clause: string): string => `model M { input [4] Dense(3, softmax) ${clause} }`;

async function items(marked: string): Promise<readonly CompletionItem[]> {
  const { analysis, offset, surroundings } = await open(marked);
  const found = await complete(analysis, offset, surroundings);
  return found.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1));
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await items(marked)).map(({ label }) => label);
}

/** The text after the completion of that label is accepted. */
async function accepted(marked: string, label: string): Promise<string> {
  const found = (await items(marked)).find((item) => item.label === label);
  if (found === undefined) throw new Error(`'${label}' is not offered`);
  return applyEdits(marked.replace("<|>", ""), [{ ...found.edit, text: expandSnippet(found.edit.text) }]);
}

describe("completion of the clause", () => {
  test.each([
    ["Dense(3, softmax)", "compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])"],
    ["Dense(1) Activation(sigmoid)", "compile(optimizer=adam, loss=binary_crossentropy, metrics=[accuracy])"],
    ["Dense(3)", "compile(optimizer=adam, loss=mean_squared_error)"],
    ["Dense(8) Wrong(3)", "compile(optimizer=adam, loss=mean_squared_error)"],
  ])("behind %s, with a loss that fits", async (layers, clause) => {
    expect(await accepted(`model M { input [4] ${layers} com<|> }`, "compile")).toBe(
      `model M { input [4] ${layers} ${clause} }`,
    );
  });

  test("fits what a nested model gives", async () => {
    const nested = "model Head { input [4] Dense(3, softmax) }";
    expect(await accepted(`${nested} model M { input [4] Head <|> }`, "compile")).toContain(
      "loss=sparse_categorical_crossentropy",
    );
  });

  test("only where it can stand", async () => {
    expect(await labels(classes("compile(loss=mse) <|>"))).not.toContain("compile");
    expect(await labels("block B() { <|> }")).not.toContain("compile");
    expect(await labels(classes("repeat 2 { <|> }"))).not.toContain("compile");
    expect(await labels(classes("last: <|>"))).not.toContain("compile");
  });

  test("is no clause in a file that calls something of its own so", async () => {
    const found = await items("block compile(u) { Dense(u) } model M { input [4] <|> }");
    expect(found.filter(({ label }) => label === "compile")).toMatchObject([{ kind: "block", detail: "compile(u)" }]);
  });
});

describe("completion in the clause", () => {
  test("its arguments, and what the first of them may be", async () => {
    const offered = await labels(classes("compile(<|>)"));
    expect(offered).toEqual(expect.arrayContaining(["adam", "sgd", "optimizer=", "loss=", "metrics="]));
    expect(offered).not.toContain("mean_squared_error");
    expect(await labels(classes("compile(optimizer=adam, <|>)"))).toEqual(["loss=", "metrics="]);
    expect(await accepted(classes("compile(loss=mse, <|>)"), "metrics=")).toContain("compile(loss=mse, metrics=[])");
    expect(await accepted(classes("compile(lo<|>)"), "loss=")).toContain("compile(loss=mean_squared_error)");
  });

  test("of each argument what it names, and nothing else", async () => {
    const optimizers = await labels(classes("compile(optimizer=<|>)"));
    expect(optimizers).toEqual(expect.arrayContaining(["sgd", "rmsprop", "adam", "adamw", "lion"]));
    expect(optimizers.filter((label) => /mean|accuracy|relu|decay|none/.test(label))).toEqual([]);
    const losses = await labels(classes("compile(loss=<|>)"));
    expect(losses).toEqual(expect.arrayContaining(["mean_squared_error", "huber", "categorical_crossentropy"]));
    expect(losses.filter((label) => /adam|accuracy|relu/.test(label))).toEqual([]);
    const metrics = await labels(classes("compile(loss=mse, metrics=[<|>])"));
    expect(metrics).toEqual(expect.arrayContaining(["accuracy", "mean_absolute_error", "auc"]));
    expect(metrics.filter((label) => /adam|relu|decay/.test(label))).toEqual([]);
    expect(await labels(classes("compile(loss=mse, metrics=[accuracy, <|>])"))).toContain("auc");
    // Behind the name alone the list is missing, too.
    const list = await items(`let own = [mae] let rate = 3 ${classes("compile(loss=mse, metrics=ac<|>)")}`);
    expect(list.map(({ label }) => label)).toEqual(expect.arrayContaining(["own", "[accuracy]", "[auc]"]));
    expect(list.map(({ label }) => label)).not.toContain("rate");
    expect(list.find(({ label }) => label === "[accuracy]")?.filterText).toBe("accuracy");
    expect(await accepted(classes("compile(loss=mse, metrics=ac<|>)"), "[accuracy]")).toContain(
      "compile(loss=mse, metrics=[accuracy])",
    );
  });

  test("the arguments of an optimizer, and schedules of its learning rate", async () => {
    expect(await labels(classes("compile(optimizer=adam(0.1, <|>))"))).toEqual(
      expect.arrayContaining(["beta_1=", "clipnorm="]),
    );
    const rate = classes("compile(optimizer=adam(learning_rate=<|>), loss=mse)");
    expect((await items(rate)).map(({ kind }) => kind)).toEqual(Array<string>(6).fill("schedule"));
    expect(await accepted(rate, "exponential_decay")).toContain(
      "adam(learning_rate=exponential_decay(initial_learning_rate=0.01, decay_steps=1000, decay_rate=0.9))",
    );
    expect(await labels(classes("compile(adam(cosine_decay(0.1, <|>)))"))).toEqual([
      "decay_steps=",
      "alpha=",
      "warmup_target=",
      "warmup_steps=",
    ]);
  });

  test("what a schedule is written with is right", async () => {
    const rate = classes("compile(optimizer=adam(learning_rate=<|>), loss=mse)");
    for (const schedule of await labels(rate)) {
      const { analysis } = await open(await accepted(rate, schedule));
      expect(analysis.result.diagnostics, schedule).toEqual([]);
    }
  });
});

test("completion of trainable: the last argument of a layer, the only one of a model", async () => {
  expect((await labels("model M { input [4] Dense(3, <|>) }")).at(-1)).toBe("trainable=");
  expect(await accepted("model M { input [4] Dense(3, tr<|>) }", "trainable=")).toContain("Dense(3, trainable=true)");
  expect(await labels("model M { input [4] Dense(3, trainable=<|>) }")).toEqual(["true", "false"]);
  expect(await labels("model E { input [4] Dense(4) } model M { input [4] E(<|>) }")).toEqual(["trainable="]);
});

describe("signature help", () => {
  const help = async (marked: string): Promise<string> => {
    const { analysis, offset } = await open(marked);
    const found = signatureHelp(analysis, offset);
    const active = found?.active === undefined ? undefined : found.parameters[found.active];
    return `${found?.label} | ${active === undefined ? "-" : found?.label.slice(active.start, active.end)}`;
  };

  const losses = "from_logits=false, label_smoothing=0, axis=-1, reduction=sum_over_batch_size";
  test.each([
    [classes("compile(<|>)"), "compile(optimizer=rmsprop, loss, metrics=[]) | optimizer=rmsprop"],
    [classes("compile(adam, <|>)"), "compile(optimizer=rmsprop, loss, metrics=[]) | loss"],
    [classes("compile(loss=mse, metrics=[<|>])"), "compile(optimizer=rmsprop, loss, metrics=[]) | metrics=[]"],
    [classes("compile(loss=binary_crossentropy(<|>))"), `binary_crossentropy(${losses}) | from_logits=false`],
    [classes("compile(adam, binary_crossentropy(<|>))"), `binary_crossentropy(${losses}) | from_logits=false`],
    [
      classes("compile(loss=mse, metrics=[binary_crossentropy(<|>)])"),
      "binary_crossentropy(from_logits=false, label_smoothing=0) | from_logits=false",
    ],
    ["model E { input [4] Dense(4) } model M { input [4] E(<|>) }", "E(trainable=true) | -"],
    ["model E { input [4] Dense(4) } model M { input [4] E(trainable=<|>) }", "E(trainable=true) | trainable=true"],
  ])("%s", async (marked, expected) => {
    expect(await help(marked)).toBe(expected);
  });

  test("the arguments of Adam(…), by Keras' name of the class", async () => {
    expect(await help(classes("compile(Adam(1e-3, <|>), mse)"))).toMatch(
      /^adam\(learning_rate=0\.001, .* \| beta_1=0\.9$/,
    );
  });
});

describe("hover", () => {
  const shown = async (marked: string): Promise<string> => {
    const { analysis, offset, surroundings } = await open(marked);
    return (await hover(analysis, offset, surroundings))?.markdown ?? "nothing";
  };

  test("the clause: what it trains, and what the optimizer keeps", async () => {
    expect(await shown(classes("com<|>pile(optimizer=adam, loss=sparse_categorical_crossentropy)"))).toBe(`\`\`\`layers
compile(optimizer=adam, loss=mse, metrics=[mae])
\`\`\`

How the model is trained, as Keras' \`model.compile\` says it. The forward function is the same without it.

It trains 15 parameters; the optimizer keeps 32 numbers beside them.`);
    const frozen = "model M { input [4] Dense(2, trainable=false) Dense(1) <|>compile(sgd, mse) }";
    expect(await shown(frozen)).toContain("It trains 3 of 13 parameters; the optimizer keeps 2 numbers beside them.");
    expect(await shown(classes("comp<|>ile(loss=wrong)"))).not.toContain("It trains");
  });

  test.each([
    ["optim<|>izer=adam, loss=mse", ["(argument) optimizer=rmsprop", "Takes an optimizer such as"]],
    ["optimizer=ad<|>am, loss=mse", ["(optimizer) adam(learning_rate=0.001", "Moving averages of the gradient"]],
    ["optimizer=Ad<|>am(0.1), loss=mse", ["(optimizer) adam(learning_rate=0.001"]],
    [
      "optimizer=adam(learning_<|>rate=0.1), loss=mse",
      ["(argument) learning_rate=0.001", "or a learning-rate schedule"],
    ],
    ["adam(cosine_<|>decay(0.1, 100)), mse", ["(schedule) cosine_decay(initial_learning_rate, decay_steps, alpha=0"]],
    ["adam(cosine_decay(0.1, 1<|>00)), mse", ["(argument) decay_steps", "How many steps"]],
    ["adam, ms<|>e", ["(loss) mean_squared_error(reduction=sum_over_batch_size)"]],
    ["loss=mse, metrics=[ms<|>e]", ["(metric) mean_squared_error\n"]],
    ["loss=mse, met<|>rics=[mae]", ["(argument) metrics=[]", "Takes a list of metrics"]],
  ])("compile(%s)", async (args, parts) => {
    const text = await shown(classes(`compile(${args})`));
    for (const part of parts) expect(text).toContain(part);
  });

  test("trainable, of a layer and of a model", async () => {
    const encoder = "model E { input [4] Dense(4) } ";
    for (const call of ["Dense(3, tr<|>ainable=false)", "E(tr<|>ainable=false)"]) {
      const text = await shown(`${encoder}model M { input [4] ${call} }`);
      expect(text, call).toContain("(argument) trainable=true");
      expect(text, call).toContain("`false` freezes them");
    }
    expect(await shown("model M { input [4] De<|>nse(3, trainable=false) }")).toContain("15 of them not trainable");
  });
});

test("inlay hints name what compile is given by place", async () => {
  const text = classes("compile(adam, mse, metrics=[mae])");
  const { analysis } = await open(text);
  const hints = inlayHints(analysis, undefined, { shapes: false });
  const file = analysis.source.path;
  const edits = hints.map(({ offset, label }) => ({ span: { file, start: offset, end: offset }, text: `‹${label}›` }));
  expect(applyEdits(text, edits)).toBe(
    "model M { input [4] Dense(‹units=›3, ‹activation=›softmax) compile(‹optimizer=›adam, ‹loss=›mse, metrics=[mae]) }",
  );
  expect(applyEdits(text, hints.at(-2)?.edits ?? [])).toContain("compile(optimizer=adam, loss=mse,");
  expect(inlayHints(analysis, undefined, { shapes: false, parameterNames: "none" })).toEqual([]);
});

test("the outline has the clause, and a long one can be folded", async () => {
  const { analysis, text } = await open(
    "model M {\n  input [4]\n  Dense(3)\n  compile(\n    optimizer=adam,\n    loss=mse,\n  )\n}\n",
  );
  const [model] = documentSymbols(analysis);
  expect(model?.children.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "input input",
    "layer dense",
    "compile compile",
  ]);
  expect(foldingRanges(analysis).map(({ span }) => text.slice(span.start, span.start + 8))).toEqual([
    "model M ",
    "compile(",
  ]);
});

test("selections grow from a word of the clause over the clause", async () => {
  const { analysis, text, offset } = await open(classes("compile(optimizer=ad<|>am, loss=mse)"));
  expect(selectionRanges(analysis, offset).map(({ start, end }) => text.slice(start, end))).toEqual(
    expect.arrayContaining(["adam", "optimizer=adam", "compile(optimizer=adam, loss=mse)"]),
  );
});

test("semantic tokens: the keyword, and words of the library", async () => {
  const { analysis, text } = await open(
    "let compile = 3 model M { input [4] Dense(compile) compile(Adam(1e-3), loss=mse, metrics=[own]) }",
  );
  const kinds = semanticTokens(analysis).map(({ start, end, type, modifiers }) =>
    [text.slice(start, end), type, ...modifiers].join(" "),
  );
  expect(kinds).toEqual(
    expect.arrayContaining([
      "compile variable declaration readonly",
      "compile variable readonly",
      "compile keyword",
      "Adam function defaultLibrary",
      "loss property",
      "mse enumMember defaultLibrary",
      "own enumMember",
    ]),
  );
});

test("a let is renamed and inlined in the clause, too", async () => {
  const text = "let opt = adam(0.1) model M { input [4] Dense(3) compile(opt, mse) }";
  const { analysis } = await open(text);
  const renamed = rename(analysis, text.indexOf("opt"), "chosen");
  expect(renamed.ok && applyEdits(text, renamed.value)).toBe(
    "let chosen = adam(0.1) model M { input [4] Dense(3) compile(chosen, mse) }",
  );
  const [inline] = await actionsOf(text.replace("opt,", "o<|>pt,"));
  expect(inline?.result.trim()).toBe("model M { input [4] Dense(3) compile(adam(0.1), mse) }");
});

test("quick fixes in the clause, and none that takes it into a block", async () => {
  const pasted = classes("compile(optimizer='ad<|>am', loss='sparse_categorical_crossentropy', metrics=['accuracy'])");
  const [mend] = await actionsOf(pasted);
  expect(mend?.result).toBe(
    classes("compile(optimizer=adam, loss=sparse_categorical_crossentropy, metrics=[accuracy])"),
  );
  expect(await actionsOf("model M { input [4] «Dense(3) compile(loss=mse)» }")).toEqual([]);
});
