import { describe, expect, test } from "vitest";
import { check } from "../../src/compile.ts";
import { toEsbuild } from "../../src/unplugin/esbuild-load.ts";
import { toMessage } from "../../src/unplugin/messages.ts";
import { fail, warn, type LoadContext } from "../../src/unplugin/report.ts";

const text = 'model Größe { input ["é"] Densee(2) }\nmodel B { input [4] Foo(1) }\n';
const wrong = { path: "models/a.layers", text: text.replace('["é"]', "[4] /* é😀 */") };

const { diagnostics, sources } = await check(wrong);
const message = toMessage(diagnostics, sources);

describe("messages", () => {
  test("are about all diagnostics, with the place of the first", () => {
    expect(message.title).toBe(`error[${diagnostics[0]?.code}]: ${diagnostics[0]?.message}`);
    for (const { message: said } of diagnostics) expect(`${message.title}\n${message.frame}`).toContain(said);
    expect(message.place?.file).toBe("models/a.layers");
    expect(message.frame).toContain("models/a.layers:1:");
  });

  test.each(["vite", "rollup", "rolldown"] as const)(
    "of %s have the frame beside the title, and no stack",
    (framework) => {
      const { context, told } = listen();
      expect(fail(context, framework, message, "/p/models/a.layers", "/p")).toBe(undefined);
      expect(told[0]).toMatchObject({ message: message.title, stack: "", id: "/p/models/a.layers" });
      expect((told[0] as { loc: object }).loc).toEqual({ ...message.place, file: "/p/models/a.layers" });
      const { frame } = told[0] as { readonly frame: string };
      expect(frame).toContain(framework === "vite" ? "1 | model" : "1 │ model");
    },
  );

  test.each(["webpack", "rspack"] as const)("of %s are thrown, in one text", (framework) => {
    const { context, told } = listen();
    const error = (() => {
      try {
        fail(context, framework, message, "/p/models/a.layers", "/p");
      } catch (thrown) {
        return thrown as Error;
      }
      return undefined;
    })();
    expect(error?.message).toBe(`${message.title}\n${message.frame}`);
    expect(error?.stack).toBe("");
    expect(told).toEqual([]);
  });

  test("warnings are one text everywhere", () => {
    for (const framework of ["vite", "rollup", "rolldown", "webpack", "rspack"] as const) {
      const { context, told } = listen();
      warn(context, framework, message, "/p/models/a.layers", "/p");
      expect(told[0]).toMatchObject({ message: `${message.title}\n${message.frame}` });
    }
  });

  test("begin with an error, though a hint comes before it in the file", () => {
    const at = (start: number) => ({ file: wrong.path, start, end: start + 1 });
    const hint = { code: "h", severity: "hint", message: "First", related: [], span: at(0) } as const;
    const error = { code: "e", severity: "error", message: "Second", related: [], span: at(6) } as const;
    const { title, frame, place } = toMessage([hint, error], sources);
    expect(title).toBe("error[e]: Second");
    expect(frame).toContain("hint[h]: First");
    expect(place?.column).toBe(6);
  });

  test("without a place have no frame, which Vite would not show", async () => {
    const { context, told } = listen();
    const lost = { code: "x", severity: "error", message: "No place", related: [], help: "none" } as const;
    fail(context, "vite", toMessage([lost], []), "/p/a.layers", "/p");
    expect(told[0]).toMatchObject({ message: "error[x]: No place\n  = help: none" });
    expect(told[0]).not.toHaveProperty("frame");
    expect(told[0]).not.toHaveProperty("loc");
  });

  test("of esbuild are one a diagnostic, with places in bytes", () => {
    const { errors, contents, watchFiles } = toEsbuild({ diagnostics, sources, dependencies: ["/p/b"] }, "/p/a.layers");
    expect(errors.length).toBe(diagnostics.filter(({ severity }) => severity === "error").length);
    expect(contents).toBe("");
    expect(watchFiles).toEqual(["/p/a.layers", "/p/b"]);
    for (const { location } of errors) {
      const { column = 0, length = 0, lineText = "", line } = location ?? {};
      expect(lineText).toBe(wrong.text.split("\n")[(line ?? 0) - 1]);
      const marked = Buffer.from(lineText)
        .subarray(column, column + length)
        .toString();
      expect(marked).not.toContain("\uFFFD");
      expect(wrong.text).toContain(marked);
      expect(marked).not.toBe("");
    }
  });
});

function listen(): { readonly context: LoadContext; readonly told: unknown[] } {
  const told: unknown[] = [];
  const hear = (one: unknown): void => void told.push(one);
  return { context: { error: hear, warn: hear } as unknown as LoadContext, told };
}
