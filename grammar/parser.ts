import { RecoveringParser, type ParserOptions } from "./recovering-parser.ts";
import * as t from "./tokens.ts";

/** The grammar of the language. Brackets are balanced and keywords told from names before it sees the tokens. */
export class LayersParser extends RecoveringParser {
  constructor(options: ParserOptions) {
    super(options);
    this.performSelfAnalysis();
  }

  file = this.RULE("file", () => {
    this.MANY(() => this.SUBRULE(this.declaration));
  });

  declaration = this.RULE("declaration", () => {
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.importDeclaration) },
        { ALT: () => this.SUBRULE(this.letDeclaration) },
        { ALT: () => this.SUBRULE(this.dimDeclaration) },
        { ALT: () => this.SUBRULE(this.blockDeclaration) },
        { ALT: () => this.SUBRULE(this.modelDeclaration) },
        { GATE: () => this.looksLikeStatement(), ALT: () => this.SUBRULE(this.misplacedStatement) },
      ],
      ERR_MSG: "a declaration ('model', 'block', 'let', 'dim' or 'import')",
    });
  });

  importDeclaration = this.RULE("importDeclaration", () => {
    this.CONSUME(t.Import);
    this.SUBRULE(this.importNames);
    this.CONSUME(t.From);
    this.CONSUME(t.StringLiteral);
  });

  importNames = this.RULE("importNames", () => {
    this.CONSUME(t.LeftBrace);
    this.itemsBetweenCommas(this.importName);
    this.CONSUME(t.RightBrace);
  });

  importName = this.RULE("importName", () => {
    this.CONSUME(t.Identifier);
    this.endOfItem();
  });

  letDeclaration = this.RULE("letDeclaration", () => {
    this.CONSUME(t.Let);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  dimDeclaration = this.RULE("dimDeclaration", () => {
    this.CONSUME(t.Dim);
    this.CONSUME(t.Identifier);
  });

  blockDeclaration = this.RULE("blockDeclaration", () => {
    this.CONSUME(t.Block);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.parameters);
    this.SUBRULE(this.body);
  });

  parameters = this.RULE("parameters", () => {
    this.CONSUME(t.LeftParen);
    this.itemsBetweenCommas(this.parameter);
    this.CONSUME(t.RightParen);
  });

  parameter = this.RULE("parameter", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
    this.endOfItem();
  });

  modelDeclaration = this.RULE("modelDeclaration", () => {
    this.CONSUME(t.Model);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.body);
  });

  body = this.RULE("body", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.SUBRULE(this.statement));
    this.CONSUME(t.RightBrace);
  });

  statement = this.RULE("statement", () => {
    this.OPTION(() => this.SUBRULE(this.label));
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.layerStatement) },
        { ALT: () => this.SUBRULE(this.repeatStatement) },
        { ALT: () => this.SUBRULE(this.inputClause) },
        { ALT: () => this.SUBRULE(this.weightsClause) },
        { ALT: () => this.SUBRULE(this.labelsClause) },
        { ALT: () => this.SUBRULE(this.compileClause) },
        { ALT: () => this.SUBRULE(this.misplacedDeclaration) },
      ],
      ERR_MSG: "a layer",
    });
  });

  label = this.RULE("label", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.StringLiteral, { LABEL: "name" }) },
    ]);
    this.CONSUME(t.Colon);
  });

  layerStatement = this.RULE("layerStatement", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.SUBRULE(this.callArguments));
    this.OPTION2(() => this.SUBRULE(this.assertion));
  });

  repeatStatement = this.RULE("repeatStatement", () => {
    this.CONSUME(t.Repeat);
    this.SUBRULE(this.expression);
    this.SUBRULE(this.body);
    this.OPTION(() => this.SUBRULE(this.assertion));
  });

  assertion = this.RULE("assertion", () => {
    this.CONSUME(t.Arrow);
    this.SUBRULE(this.list);
  });

  inputClause = this.RULE("inputClause", () => {
    this.CONSUME(t.Input);
    this.SUBRULE(this.list);
  });

  weightsClause = this.RULE("weightsClause", () => {
    this.CONSUME(t.Weights);
    this.CONSUME(t.StringLiteral, { LABEL: "path" });
    this.OPTION(() => {
      this.CONSUME(t.Prefix);
      this.CONSUME2(t.StringLiteral, { LABEL: "prefix" });
    });
  });

  labelsClause = this.RULE("labelsClause", () => {
    this.CONSUME(t.Labels);
    this.SUBRULE(this.list);
  });

  compileClause = this.RULE("compileClause", () => {
    this.CONSUME(t.Compile);
    this.SUBRULE(this.callArguments);
  });

  expression = this.RULE("expression", () => {
    this.SUBRULE(this.product);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
      ]);
      this.SUBRULE2(this.product);
    });
  });

  product = this.RULE("product", () => {
    this.SUBRULE(this.unary);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Star, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Slash, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Percent, { LABEL: "operator" }) },
      ]);
      this.SUBRULE2(this.unary);
    });
  });

  unary = this.RULE("unary", () => {
    this.MANY(() => this.SUBRULE(this.sign));
    this.SUBRULE(this.primary);
    this.MANY2(() => this.SUBRULE(this.exponent));
  });

  exponent = this.RULE("exponent", () => {
    this.CONSUME(t.StarStar);
    this.MANY(() => this.SUBRULE(this.sign));
    this.SUBRULE(this.primary);
  });

  sign = this.RULE("sign", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
    ]);
  });

  primary = this.RULE("primary", () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.NumberLiteral) },
        { ALT: () => this.CONSUME(t.StringLiteral) },
        { ALT: () => this.CONSUME(t.True) },
        { ALT: () => this.CONSUME(t.False) },
        { ALT: () => this.CONSUME(t.None) },
        {
          ALT: () => {
            this.CONSUME(t.Identifier);
            this.OPTION(() => this.SUBRULE(this.callArguments));
          },
        },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.group) },
      ],
      ERR_MSG: "a value",
    });
  });

  callArguments = this.RULE("callArguments", () => {
    this.CONSUME(t.LeftParen);
    this.itemsBetweenCommas(this.argument);
    this.CONSUME(t.RightParen);
  });

  argument = this.RULE("argument", () => {
    this.OPTION(() => {
      this.CONSUME(t.Identifier);
      this.CONSUME(t.Equals);
    });
    this.SUBRULE(this.expression);
    this.endOfItem();
  });

  list = this.RULE("list", () => {
    this.CONSUME(t.LeftBracket);
    this.itemsBetweenCommas(this.item);
    this.CONSUME(t.RightBracket);
  });

  item = this.RULE("item", () => {
    this.SUBRULE(this.expression);
    this.endOfItem();
  });

  group = this.RULE("group", () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  /** No part of the language: a layer outside of a model, parsed to be reported as such. */
  misplacedStatement = this.RULE("misplacedStatement", () => {
    this.OR([
      {
        ALT: () => {
          this.OPTION(() => this.SUBRULE(this.label));
          this.SUBRULE(this.layerStatement);
        },
      },
      { ALT: () => this.SUBRULE(this.repeatStatement) },
      { ALT: () => this.SUBRULE(this.inputClause) },
      { ALT: () => this.SUBRULE(this.weightsClause) },
      { ALT: () => this.SUBRULE(this.labelsClause) },
      { ALT: () => this.SUBRULE(this.compileClause) },
    ]);
  });

  /** No part of the language: a declaration inside a body, parsed to be reported as such. */
  misplacedDeclaration = this.RULE("misplacedDeclaration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importDeclaration) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.dimDeclaration) },
      { ALT: () => this.SUBRULE(this.blockDeclaration) },
      { ALT: () => this.SUBRULE(this.modelDeclaration) },
    ]);
  });

  /** Any other word at the top of a file is rather a misspelt keyword than a layer. */
  private looksLikeStatement(): boolean {
    if (this.LA(1).tokenType !== t.Identifier) return true;
    const next = this.LA(2).tokenType;
    return next === t.LeftParen || next === t.Colon || next === t.Arrow;
  }
}
