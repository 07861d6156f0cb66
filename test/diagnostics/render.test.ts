import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Span } from "../../src/diagnostics/diagnostic.ts";
import type { Palette } from "../../src/diagnostics/palette.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { anyText } from "../support/any-text.ts";

const file = "model.layers";

/** A text with marked places: `⟦...⟧` is the diagnostic's own, `⟪...⟫` are related ones. */
function marked(text: string, details: Partial<Diagnostic> = {}, labels: readonly string[] = []): string {
  let plain = "";
  let own: Span | undefined;
  const related: { span: Span; message: string }[] = [];
  const open: number[] = [];
  for (const character of text) {
    if (character === "⟦" || character === "⟪") open.push(plain.length);
    else if (character === "⟧") own = { file, start: open.pop() as number, end: plain.length };
    else if (character === "⟫") {
      related.push({
        span: { file, start: open.pop() as number, end: plain.length },
        message: labels[related.length] ?? "",
      });
    } else plain += character;
  }
  const diagnostic: Diagnostic = {
    code: "some-code",
    severity: "error",
    message: "something is wrong",
    related,
    ...(own === undefined ? {} : { span: own }),
    ...details,
  };
  return renderDiagnostics([diagnostic], [{ path: file, text: plain }]);
}

test("looks as the language says", () => {
  const rendered = marked(
    "\ndim time\nmodel M {\n  input ⟪[64, time]⟫\n\n\n  ⟦out: Dense(10)⟧\n}\n",
    {
      code: "dense-last-axis-unknown",
      message: "Dense 'out' needs a known last axis to size its kernel, found [64, time]",
      label: "'time' is known only at run time",
      help: "put the fixed axis last, for example with Permute([2, 1])",
    },
    ["the shape starts here"],
  );
  expect(rendered).toBe(
    `error[dense-last-axis-unknown]: Dense 'out' needs a known last axis to size its kernel, found [64, time]
  ┌─ model.layers:7:3
4 │   input [64, time]
  │         ---------- the shape starts here
7 │   out: Dense(10)
  │   ^^^^^^^^^^^^^^ 'time' is known only at run time
  = help: put the fixed axis last, for example with Permute([2, 1])
`,
  );
});

/** What comes after the title and the location. */
const frame = (rendered: string): string => rendered.split("\n").slice(2).join("\n");

describe("frames", () => {
  test("line numbers are aligned", () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
    lines[2] = "line ⟪3⟫";
    lines[10] = "line ⟦11⟧";
    expect(marked(lines.join("\n"), { label: "b", help: "c" }, ["a"])).toBe(`error[some-code]: something is wrong
   ┌─ model.layers:11:6
 3 │ line 3
   │      - a
11 │ line 11
   │      ^^ b
   = help: c
`);
  });

  test("several places of one line share it", () => {
    expect(frame(marked("⟪Dense⟫(⟦units⟧, ⟪3⟫)", { label: "b" }, ["a", "c"]))).toBe(`1 │ Dense(units, 3)
  │ ----- a
  │       ^^^^^ b
  │              - c
`);
  });

  test("a place of several lines marks its first and its last", () => {
    expect(frame(marked("x ⟦model M {\n\n  Dense(1)\n  }⟧ y", { label: "all of it" }))).toBe(`1 │ x model M {
  │   ^^^^^^^^^
  ⋮
4 │   } y
  │   ^ all of it
`);
    expect(frame(marked("⟦a\n  b⟧"))).toBe(`1 │ a
  │ ^
2 │   b
  │   ^
`);
  });

  test("a place that ends with the line end stays on its line", () => {
    expect(frame(marked("⟦abc\n⟧def"))).toBe("1 │ abc\n  │ ^^^\n");
  });

  test.each([
    ["model M {⟦⟧", "1 │ model M {\n  │          ^\n"],
    ["model M {\n⟦⟧", "2 │\n  │ ^\n"],
    ["⟦⟧", "1 │\n  │ ^\n"],
  ])("the end of the file: %j", (text, expected) => {
    expect(frame(marked(text))).toBe(expected);
  });

  test("\\r\\n and \\r end lines, too", () => {
    expect(frame(marked("a\r\nb\r⟦c⟧\r\nd"))).toBe("3 │ c\n  │ ^\n");
  });

  test("tabs are expanded", () => {
    expect(frame(marked("\ta\t⟦b⟧"))).toBe("1 │     a   b\n  │         ^\n");
    expect(frame(marked("⟦\t⟧b"))).toBe("1 │     b\n  │ ^^^^\n");
  });

  test.each([
    ["日本⟦語⟧", "1 │ 日本語\n  │     ^^\n"],
    ["ｱ⟦x⟧", "1 │ ｱx\n  │  ^\n"],
    ["한국 ⟦Ａ⟧", "1 │ 한국 Ａ\n  │      ^^\n"],
    ["👩‍🔬⟦x⟧", "1 │ 👩‍🔬x\n  │   ^\n"],
    ["❤️⟦🇩🇪⟧", "1 │ ❤️🇩🇪\n  │   ^^\n"],
    ["e\u0301⟦x⟧", "1 │ e\u0301x\n  │  ^\n"],
  ])("wide and combined characters keep marks aligned: %s", (text, expected) => {
    expect(frame(marked(text))).toBe(expected);
  });

  test("a long line is cut around the place", () => {
    const rendered = frame(marked(`${"a".repeat(300)}⟦here⟧${"b".repeat(300)}`, { label: "it is" }));
    expect(rendered).toBe(`1 │ …${"a".repeat(20)}here${"b".repeat(76)}…\n  │  ${" ".repeat(20)}^^^^ it is\n`);
    expect(frame(marked(`⟦here⟧${"b".repeat(300)}`))).toBe(`1 │ here${"b".repeat(96)}…\n  │ ^^^^\n`);
    expect(frame(marked(`${"a".repeat(300)}⟦⟧`))).toBe(`1 │ …${"a".repeat(20)}\n  │  ${" ".repeat(20)}^\n`);
    expect(frame(marked(`⟪here⟫${"b".repeat(300)}⟦there⟧`))).toBe(
      `1 │ here${"b".repeat(96)}…\n  │ ----\n1 │ …${"b".repeat(20)}there\n  │  ${" ".repeat(20)}^^^^^\n`,
    );
  });

  test("a line of megabytes costs little", () => {
    const long = "日".repeat(2_000_000);
    expect(frame(marked(`${long}⟦x⟧${long}`)).length).toBeLessThan(1000);
  });

  test("related places in other files have frames of their own", () => {
    const own = "model M { Hidden(3) }";
    const other = "block Hidden() {\n}\n";
    const diagnostic: Diagnostic = {
      code: "c",
      severity: "warning",
      message: "m",
      label: "called here",
      span: { file: "a.layers", start: 10, end: 19 },
      related: [
        { span: { file: "lib/b.layers", start: 6, end: 12 }, message: "declared here" },
        { span: { file: "w.keras", start: 0, end: 0 }, message: "its weights" },
        { span: { file: "a.layers", start: 6, end: 7 }, message: "in this model" },
      ],
      fix: { title: "remove the argument", edits: [] },
    };
    expect(
      renderDiagnostics(
        [diagnostic],
        [
          { path: "a.layers", text: own },
          { path: "lib/b.layers", text: other },
        ],
      ),
    ).toBe(`warning[c]: m
  ┌─ a.layers:1:11
1 │ model M { Hidden(3) }
  │       - in this model
  │           ^^^^^^^^^ called here
  ┌─ lib/b.layers:1:7
1 │ block Hidden() {
  │       ------ declared here
  = see w.keras: its weights
  = fix: remove the argument
`);
  });

  test("without a place, or in a file without text", () => {
    const plain: Diagnostic = { code: "c", severity: "error", message: "m", related: [], help: "first\nsecond" };
    expect(renderDiagnostics([plain], [])).toBe("error[c]: m\n  = help: first\n          second\n");
    expect(renderDiagnostics([{ ...plain, help: "h", span: { file: "w.keras", start: 0, end: 9 } }], [])).toBe(
      "error[c]: m\n  ┌─ w.keras\n  = help: h\n",
    );
    expect(renderDiagnostics([], [])).toBe("");
    expect(
      renderDiagnostics(
        [
          { ...plain, help: "h" },
          { ...plain, help: "h" },
        ],
        [],
      ),
    ).toBe("error[c]: m\n  = help: h\n\nerror[c]: m\n  = help: h\n");
  });
});

describe("nothing of a user's text acts on the terminal", () => {
  test("control, bidi and other invisible characters show", () => {
    const rendered = marked("\u001b[2J\u0000\u009b\u202e⟦x⟧\u200b\u2028\ufeff\ud800", {
      message: "found '\u001b]0;title\u0007' and '\n'",
      label: "\u202d",
      help: "\u007f",
    });
    expect(rendered).toBe(`error[some-code]: found '␛]0;title␇' and '␊'
  ┌─ model.layers:1:8
1 │ ␛[2J␀<U+009B><U+202E>x<U+200B><U+2028><U+FEFF><U+D800>
  │                      ^ <U+202D>
  = help: ␡
`);
  });

  test("whatever the texts and spans are", () => {
    const text = anyText(60);
    const span = fc.record({
      file: fc.constantFrom("a", "b", "c\u001b"),
      start: fc.integer({ min: -5, max: 80 }),
      end: fc.integer({ min: -5, max: 80 }),
    });
    fc.assert(
      fc.property(text, text, text, span, fc.array(span, { maxLength: 3 }), (a, b, message, own, others) => {
        const related = others.map((other) => ({ span: other, message }));
        const diagnostic: Diagnostic = {
          code: "c",
          severity: "hint",
          message,
          label: message,
          help: message,
          span: own,
          related,
        };
        const rendered = renderDiagnostics(
          [diagnostic],
          [
            { path: "a", text: a },
            { path: "b", text: b },
          ],
        );
        expect(rendered.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      }),
      { numRuns: 500 },
    );
  });

  test("marks point at the text they mean, in any ASCII line", () => {
    const line = fc.stringMatching(/^[ -~]{1,90}$/);
    fc.assert(
      fc.property(line, fc.nat(), fc.nat(), (text, a, b) => {
        const start = a % text.length;
        const end = start + 1 + (b % (text.length - start));
        const diagnostic: Diagnostic = {
          code: "c",
          severity: "error",
          message: "m",
          span: { file, start, end },
          related: [],
        };
        const [, , source = "", marks = ""] = renderDiagnostics([diagnostic], [{ path: file, text }]).split("\n");
        const from = marks.indexOf("^");
        expect(source.slice(from, marks.lastIndexOf("^") + 1)).toBe(
          text.slice(start, end).slice(0, source.length - from),
        );
      }),
    );
  });
});

test("colours come from the palette", () => {
  const tag = (name: string) => (text: string) => `<${name}>${text}</>`;
  const palette: Palette = {
    error: tag("e"),
    warning: tag("w"),
    hint: tag("h"),
    strong: tag("s"),
    frame: tag("f"),
    related: tag("r"),
  };
  const diagnostic: Diagnostic = {
    code: "c",
    severity: "warning",
    message: "m",
    label: "l",
    span: { file, start: 0, end: 1 },
    related: [{ span: { file, start: 2, end: 3 }, message: "n" }],
    help: "x",
  };
  expect(renderDiagnostics([diagnostic], [{ path: file, text: "a b" }], { palette })).toBe(
    `<w>warning[c]</><s>: m</>
  <f>┌─</> model.layers:1:1
<f>1 │</> a b
<f>  │</> <w>^ l</>
<f>  │</>   <r>- n</>
  <f>=</> <s>help: </>x
`,
  );
});
