import { findLayer } from "../../layers/index.ts";
import type { Program } from "../../load/program.ts";
import type {
  Argument,
  BlockDeclaration,
  BodyItem,
  Expression,
  ImportDeclaration,
  LayerStatement,
  ModelDeclaration,
  Name,
} from "../../syntax/ast.ts";
import type { Entity, FileScope } from "../scope.ts";
import { walkExpressions } from "../walk.ts";
import type { Definition, NameUse } from "./definition.ts";

/** A definition whose uses are still being collected. */
type Found<Kind extends Definition = Definition> = Kind extends Definition
  ? Omit<Kind, "uses"> & { readonly uses: NameUse[] }
  : never;

/** The definitions in sight where a name is used. */
interface Sight {
  readonly scope: FileScope;
  /** Of the block around. */
  readonly parameters: ReadonlyMap<string, Found>;
}

interface Search {
  readonly definitions: Found[];
  /** By the name where they are defined. */
  readonly byName: Map<Name, Found>;
  /** By file, those of imported names that lead nowhere. */
  readonly lost: Map<FileScope, Map<string, Found>>;
  readonly parameters: Map<BlockDeclaration, ReadonlyMap<string, Found>>;
}

/** Every name that a file of the program defines, with all its uses, by the rules by which the checker resolves names. */
export function findDefinitions(program: Program, scopes: ReadonlyMap<string, FileScope>): readonly Definition[] {
  const search: Search = { definitions: [], byName: new Map(), lost: new Map(), parameters: new Map() };
  for (const scope of scopes.values()) define(scope, search);
  for (const scope of scopes.values()) {
    for (const statement of scope.file.imports) {
      const path = program.imports.get(statement);
      useImport(statement, scope, path === undefined ? undefined : scopes.get(path), search);
    }
  }
  for (const scope of scopes.values()) useNames(scope, search);
  return search.definitions;
}

function add(found: Found, search: Search): Found {
  search.definitions.push(found);
  return found;
}

/** The declarations of a file, with the parameters of its blocks and the labels of its layers. */
function define({ file }: FileScope, search: Search): void {
  for (const node of file.declarations) {
    const { text: name, span } = node.name;
    search.byName.set(node.name, add({ kind: node.kind, name, span, uses: [], node }, search));
    if (node.kind === "block") search.parameters.set(node, defineParameters(node, search));
    if (node.kind === "block" || node.kind === "model") defineLabels(node, node.body, search);
  }
}

function defineParameters(block: BlockDeclaration, search: Search): ReadonlyMap<string, Found> {
  const parameters = new Map<string, Found>();
  for (const node of block.parameters) {
    const { text: name, span } = node.name;
    const found = add({ kind: "parameter", name, span, uses: [], node, block }, search);
    if (!parameters.has(name)) parameters.set(name, found);
  }
  return parameters;
}

function defineLabels(owner: BlockDeclaration | ModelDeclaration, body: readonly BodyItem[], search: Search): void {
  for (const node of body) {
    if (node.kind !== "layer" && node.kind !== "repeat") continue;
    const { label } = node;
    if (label !== undefined) {
      add({ kind: "label", name: label.text, span: label.span, uses: [], node, owner }, search);
    }
    if (node.kind === "repeat") defineLabels(owner, node.body, search);
  }
}

/** The names of an import use what the other file declares; one that leads nowhere is a definition of its own. */
function useImport(node: ImportDeclaration, scope: FileScope, target: FileScope | undefined, search: Search): void {
  for (const name of node.names) {
    const definition = definitionOf(target?.declared.get(name.text), search);
    if (definition !== undefined) {
      definition.uses.push({ span: name.span, role: "import" });
      continue;
    }
    const lost = search.lost.get(scope) ?? new Map<string, Found>();
    search.lost.set(scope, lost);
    const found = add({ kind: "import", name: name.text, span: name.span, uses: [], node }, search);
    if (!lost.has(name.text)) lost.set(name.text, found);
  }
}

function useNames(scope: FileScope, search: Search): void {
  for (const declaration of scope.file.declarations) {
    switch (declaration.kind) {
      case "let":
        useExpression(declaration.value, { scope, parameters: new Map() }, search);
        break;
      case "dim":
        break;
      case "block":
        useDefaults(declaration, scope, search);
        useBody(declaration.body, { scope, parameters: search.parameters.get(declaration) ?? new Map() }, search);
        break;
      case "model":
        useBody(declaration.body, { scope, parameters: new Map() }, search);
        break;
    }
  }
}

/** A default sees the file and the parameters before it. */
function useDefaults(block: BlockDeclaration, scope: FileScope, search: Search): void {
  const all = search.parameters.get(block);
  const parameters = new Map<string, Found>();
  for (const { name, default: preset } of block.parameters) {
    if (preset !== undefined) useExpression(preset, { scope, parameters }, search);
    const found = all?.get(name.text);
    if (found !== undefined) parameters.set(name.text, found);
  }
}

function useBody(body: readonly BodyItem[], sight: Sight, search: Search): void {
  for (const item of body) {
    switch (item.kind) {
      case "layer":
        useStatement(item, sight, search);
        if (item.assertion !== undefined) useExpression(item.assertion.shape, sight, search);
        break;
      case "repeat":
        useExpression(item.count, sight, search);
        useBody(item.body, sight, search);
        if (item.assertion !== undefined) useExpression(item.assertion.shape, sight, search);
        break;
      case "input":
        useExpression(item.shape, sight, search);
        break;
      case "labels":
        useExpression(item.labels, sight, search);
        break;
      case "compile":
        for (const { value } of item.arguments) useExpression(value, sight, search);
        break;
      case "weights":
        break;
    }
  }
}

function useStatement({ callee, arguments: args = [] }: LayerStatement, sight: Sight, search: Search): void {
  // The name of a layer can't be declared; where it is, that is an error.
  const isLayer = !sight.parameters.has(callee.text) && findLayer(callee.text) !== undefined;
  const definition = isLayer ? undefined : resolve(callee.text, sight, search);
  definition?.uses.push({ span: callee.span, role: "statement" });
  if (definition?.kind === "block") useArgumentNames(args, definition.node as BlockDeclaration, search);
  for (const { value } of args) useExpression(value, sight, search);
}

function useArgumentNames(args: readonly Argument[], block: BlockDeclaration, search: Search): void {
  const parameters = search.parameters.get(block);
  for (const { name } of args) {
    if (name !== undefined) parameters?.get(name.text)?.uses.push({ span: name.span, role: "argument" });
  }
}

function useExpression(root: Expression, sight: Sight, search: Search): void {
  walkExpressions([root], (expression) => {
    if (expression.kind === "name-expression") {
      const span = expression.nameSpan ?? expression.span;
      resolve(expression.name, sight, search)?.uses.push({ span, role: "value" });
    } else if (expression.kind === "call" && expression.callee.text !== "floor") {
      resolve(expression.callee.text, sight, search)?.uses.push({ span: expression.callee.span, role: "call" });
    }
  });
}

function resolve(name: string, { scope, parameters }: Sight, search: Search): Found | undefined {
  const entity = scope.entities.get(name);
  return parameters.get(name) ?? definitionOf(entity, search) ?? search.lost.get(scope)?.get(name);
}

function definitionOf(entity: Entity | undefined, search: Search): Found | undefined {
  return entity === undefined || entity.kind === "lost" ? undefined : search.byName.get(entity.declaration.name);
}
