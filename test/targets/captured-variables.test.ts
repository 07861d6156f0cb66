import { parseAst } from "rolldown/parseAst";
import { describe, expect, test } from "vitest";
import { compileCode } from "./support/compile-text.ts";

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | undefined)?.type === "string";

function children(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** The names that a pattern or declaration gives. */
function namesIn(pattern: Node): readonly string[] {
  return pattern.type === "Identifier" ? [pattern["name"] as string] : children(pattern).flatMap(namesIn);
}

function isFunction({ type }: Node): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

/** What a function declares itself, the functions in it aside. */
function declaredIn(owner: Node): ReadonlySet<string> {
  const names = new Set((owner["params"] as readonly Node[]).flatMap(namesIn));
  const visit = (node: Node): void => {
    if (node.type === "VariableDeclarator") for (const name of namesIn(node["id"] as Node)) names.add(name);
    for (const child of children(node)) if (!isFunction(child)) visit(child);
  };
  visit(owner["body"] as Node);
  return names;
}

const isLoop = ({ type }: Node): boolean => /^(?:For\w*|While|DoWhile)Statement$/.test(type);

/** The names that the loops of a function read or write, the functions in it aside. */
function namesInLoops(owner: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Node, inLoop: boolean): void => {
    if (inLoop && node.type === "Identifier") names.add(node["name"] as string);
    for (const child of children(node)) if (!isFunction(child)) visit(child, inLoop || isLoop(node));
  };
  visit(owner["body"] as Node, false);
  return names;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
}

/** The variables in the loops of a function that a function in it changes. */
function capturedWrites(program: Node): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node, scopes: readonly Scope[]): void => {
    const inside = isFunction(node) ? [{ names: declaredIn(node), loops: namesInLoops(node) }, ...scopes] : scopes;
    const target =
      node.type === "AssignmentExpression"
        ? node["left"]
        : node.type === "UpdateExpression"
          ? node["argument"]
          : undefined;
    if (isNode(target) && target.type === "Identifier") {
      const name = target["name"] as string;
      const at = inside.findIndex(({ names }) => names.has(name));
      if (at > 0 && inside[at]?.loops.has(name) === true) found.push(name);
    }
    for (const child of children(node)) visit(child, inside);
  };
  visit(program, []);
  return found;
}

const sources = {
  dense: 'model Net { input [64] Dense(32, relu) Dense(10, softmax) labels ["0","1","2","3","4","5","6","7","8","9"] }',
  "run-time axes":
    "dim time model Net { input [time, 8] LayerNormalization() Dense(8, gelu) GlobalAveragePooling1D() Dense(3, softmax) }",
  "a table and a batch norm":
    "model Net { input [4] Embedding(10, 3) Flatten() BatchNormalization() Dense(2, sigmoid) }",
};

/** V8 14.6 (Node 26) may lose such a write while it compiles the loop around it: a module then decodes other bytes. */
describe("no function changes a variable that loops of the function around it use", () => {
  test.each(
    Object.entries(sources).flatMap(([title, source]) =>
      (["typescript", "wasm"] as const).flatMap((target) =>
        (["inline", "file"] as const).map((weights) => [title, target, weights, source] as const),
      ),
    ),
  )("%s, target %s, weights %s", async (_title, target, weights, source) => {
    const { text } = await compileCode(source, { target, weights, emit: "js" });
    expect(capturedWrites(parseAst(text) as unknown as Node)).toEqual([]);
  });

  test("the test finds one", () => {
    const text =
      "function f(x) { let at = 0; const next = () => x[at++]; let sum = 0; while (at < 9) sum += next(); return sum; }";
    expect(capturedWrites(parseAst(text) as unknown as Node)).toEqual(["at"]);
  });
});
