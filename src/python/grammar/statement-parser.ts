import type { IToken, ParserMethod } from "chevrotain";
import type { BlockStatement, Expression, ImportedName, Parameter, Statement } from "../ast.ts";
import { valuesOf } from "../nodes.ts";
import * as t from "../tokens.ts";
import { OperatorParser } from "./operator-parser.ts";

/** A head of a block, without its body. */
export type Head = Omit<BlockStatement, "body" | "end" | "span" | "kind">;

/** Statements: what stands on a line, and the heads of blocks. */
export class StatementParser extends OperatorParser {
  constructor(skipValidations: boolean) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  statement = this.RULE("statement", (): Statement => {
    const first = this.LA(1);
    const made = this.OR([
      { ALT: () => this.SUBRULE(this.importStatement) },
      { ALT: () => this.SUBRULE(this.fromStatement) },
      { ALT: () => this.SUBRULE(this.returnStatement) },
      { ALT: () => this.SUBRULE(this.otherStatement) },
      { ALT: () => this.SUBRULE(this.assignment) },
    ]);
    return this.ACTION(() => ({ ...made, span: this.spanOf(first, this.LA(0)) }));
  });

  private importStatement = this.RULE("importStatement", (): Statement => {
    this.CONSUME(t.Import);
    const names: ImportedName[] = [];
    this.betweenCommas(this.importedModule, names);
    return this.ACTION(() => ({ kind: "import", names, span: this.spanOf(this.LA(0)) }));
  });

  private importedModule = this.RULE("importedModule", (): ImportedName => {
    const words = this.SUBRULE(this.path);
    let alias: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(t.As);
      alias = this.CONSUME(t.Name);
    });
    return this.ACTION(() => {
      const first = words[0] as IToken;
      // `import a.b` gives the name `a` to `a`.
      const path = alias === undefined ? first.image : words.map(({ image }) => image).join(".");
      return { name: (alias ?? first).image, path, span: this.spanOf(first, alias ?? words.at(-1)) };
    });
  });

  private path = this.RULE("path", (): readonly IToken[] => {
    const words: IToken[] = [this.CONSUME(t.Name)];
    this.MANY(() => {
      this.CONSUME(t.Dot);
      words.push(this.CONSUME2(t.Name));
    });
    return words;
  });

  private fromStatement = this.RULE("fromStatement", (): Statement => {
    this.CONSUME(t.From);
    const words: IToken[] = [];
    this.MANY(() => words.push(this.OR([{ ALT: () => this.CONSUME(t.Dot) }, { ALT: () => this.CONSUME(t.Ellipsis) }])));
    this.OPTION(() => {
      const path = this.SUBRULE(this.path);
      this.ACTION(() => words.push(...path));
    });
    this.CONSUME(t.Import);
    const names: ImportedName[] = [];
    this.OR2([
      {
        ALT: () => {
          const star = this.CONSUME(t.Star);
          names.push(this.ACTION(() => ({ name: "*", path: "*", span: this.spanOf(star) })));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.betweenCommas(this.importedName, names);
          this.CONSUME(t.RightParen);
        },
      },
      {
        ALT: () => {
          const bare = this.SUBRULE(this.importedNames);
          this.ACTION(() => names.push(...bare));
        },
      },
    ]);
    return this.ACTION(() => {
      const from = words
        .map(({ image }) => image)
        .join(".")
        .replace(/^[.]+/, (dots) => dots.replace(/\.\./g, "."));
      const all = names.map(({ name, path, span }) => ({ name, path: `${from}.${path}`, span }));
      return { kind: "import", names: all, span: this.spanOf(this.LA(0)) };
    });
  });

  private importedNames = this.RULE("importedNames", (): readonly ImportedName[] => {
    const names: ImportedName[] = [];
    this.betweenCommas(this.importedName, names);
    return names;
  });

  private importedName = this.RULE("importedName", (): ImportedName => {
    const name = this.CONSUME(t.Name);
    let alias: IToken | undefined;
    this.OPTION(() => {
      this.CONSUME(t.As);
      alias = this.CONSUME2(t.Name);
    });
    return this.ACTION(() => ({ name: (alias ?? name).image, path: name.image, span: this.spanOf(name, alias) }));
  });

  private returnStatement = this.RULE("returnStatement", (): Statement => {
    const word = this.CONSUME(t.Return);
    let value: Expression | undefined;
    this.OPTION(() => (value = this.SUBRULE(this.expressions)));
    return this.ACTION(() => ({
      kind: "return",
      ...(value === undefined ? {} : { value }),
      span: this.spanOf(word),
    }));
  });

  /** `del`, `assert`, `pass` and the like; a decorator, too. */
  private otherStatement = this.RULE("otherStatement", (): Statement => {
    const word = this.OR([{ ALT: () => this.CONSUME(t.OtherKeyword) }, { ALT: () => this.CONSUME(t.At) }]);
    const parts: Expression[] = [];
    this.OPTION(() => parts.push(this.SUBRULE(this.expressions)));
    this.OPTION2(() => {
      this.CONSUME(t.From);
      parts.push(this.SUBRULE2(this.expressions));
    });
    return this.ACTION(() => ({ kind: "other", word: word.image, parts, span: this.spanOf(word) }));
  });

  private assignment = this.RULE("assignment", (): Statement => {
    const sides: Expression[] = [this.SUBRULE(this.expressions)];
    let operator: string | undefined;
    let isAnnotated = false;
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.expression);
      isAnnotated = true;
    });
    this.OR([
      {
        ALT: () => {
          operator = this.CONSUME(t.AugmentedEquals).image;
          sides.push(this.SUBRULE2(this.expressions));
        },
      },
      {
        ALT: () =>
          this.MANY(() => {
            this.CONSUME(t.Equals);
            sides.push(this.SUBRULE3(this.expressions));
          }),
      },
    ]);
    return this.ACTION((): Statement => {
      const value = sides.at(-1) as Expression;
      const [target] = sides as [Expression];
      const { span } = value;
      if (operator !== undefined) return { kind: "augmented", target, operator: operator.slice(0, -1), value, span };
      if (sides.length > 1) return { kind: "assign", targets: sides.slice(0, -1), value, span };
      return isAnnotated ? { kind: "other", word: "annotation", parts: [], span } : { kind: "expression", value, span };
    });
  });

  head = this.RULE("head", (): Head => {
    this.OPTION(() => this.CONSUME(t.Async));
    return this.OR([
      { ALT: () => this.SUBRULE(this.functionHead) },
      { ALT: () => this.SUBRULE(this.classHead) },
      { ALT: () => this.SUBRULE(this.loopHead) },
      { ALT: () => this.SUBRULE(this.plainHead) },
    ]);
  });

  private functionHead = this.RULE("functionHead", (): Head => {
    this.CONSUME(t.Def);
    const name = this.CONSUME(t.Name).image;
    this.CONSUME(t.LeftParen);
    const parameters: Parameter[] = [];
    this.OPTION(() => this.betweenCommas(this.parameter, parameters));
    this.CONSUME(t.RightParen);
    this.OPTION2(() => {
      this.CONSUME(t.Arrow);
      this.SUBRULE(this.expression);
    });
    return { word: "def", name, parameters, parts: [], targets: [] };
  });

  private parameter = this.RULE("parameter", (): Parameter => {
    let star = "";
    let name: IToken | undefined;
    this.OR([
      {
        ALT: () => {
          const sign = this.OR2([
            { ALT: () => this.CONSUME(t.Star) },
            { ALT: () => this.CONSUME(t.Power) },
            { ALT: () => this.CONSUME(t.Division) },
          ]);
          star = sign.image;
          this.OPTION(() => (name = this.CONSUME(t.Name)));
        },
      },
      { ALT: () => (name = this.CONSUME2(t.Name)) },
    ]);
    this.OPTION2(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.expression);
    });
    let preset: Expression | undefined;
    this.OPTION3(() => {
      this.CONSUME(t.Equals);
      preset = this.SUBRULE2(this.expression);
    });
    return this.ACTION(() => ({
      name: name?.image ?? "",
      ...(preset === undefined ? {} : { default: preset }),
      // `*` and `/` alone only separate.
      ...(star === "*" || star === "**" ? { star } : {}),
      span: this.spanOf(name ?? this.LA(0)),
    }));
  });

  private classHead = this.RULE("classHead", (): Head => {
    this.CONSUME(t.Class);
    const name = this.CONSUME(t.Name).image;
    let parts: readonly Expression[] = [];
    this.OPTION(() => {
      const { content } = this.SUBRULE(this.callArguments);
      parts = this.ACTION(() => valuesOf(content));
    });
    return { word: "class", name, parts, targets: [] };
  });

  private loopHead = this.RULE("loopHead", (): Head => {
    this.CONSUME(t.For);
    const targets = this.SUBRULE(this.targets);
    this.CONSUME(t.In);
    const value = this.SUBRULE(this.expressions);
    return { word: "for", parts: [value], targets };
  });

  /** `if x`, `while x`, `with x as y`, `except x as y`, and those without anything. */
  private plainHead = this.RULE("plainHead", (): Head => {
    const word = this.OR([
      { ALT: () => this.CONSUME(t.If) },
      { ALT: () => this.CONSUME(t.Else) },
      { ALT: () => this.CONSUME(t.OtherKeyword) },
    ]).image;
    const items: WithItem[] = [];
    this.OPTION(() => this.betweenCommas(this.withItem, items));
    return this.ACTION(() => ({
      word,
      parts: items.map(({ value }) => value),
      targets: items.flatMap(({ target }) => (target === undefined ? [] : [target])),
    }));
  });

  private withItem: ParserMethod<[], WithItem> = this.RULE("withItem", (): WithItem => {
    const value = this.SUBRULE(this.expression);
    let target: Expression | undefined;
    this.OPTION(() => {
      this.CONSUME(t.As);
      target = this.SUBRULE(this.bitwise);
    });
    return { value, target };
  });
}

interface WithItem {
  readonly value: Expression;
  readonly target: Expression | undefined;
}
