import {
  CstParser,
  EOF,
  LLkLookaheadStrategy,
  MismatchedTokenException,
  tokenMatcher,
  type CstNode,
  type ILookaheadStrategy,
  type IParserErrorMessageProvider,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import * as t from "./tokens.ts";

/** A token that `src/syntax/structure/structure.ts` has placed among brackets, which are balanced from there on. */
export interface PlacedToken extends IToken {
  /** How many brackets are open around it; a bracket itself lies outside of what it encloses. */
  depth?: number;
  /** Whether it is the first token of its line. */
  lineStart?: boolean;
  /** Whether it stands for something missing that has been reported already. */
  inserted?: boolean;
}

/** Rules that enclose something in brackets. */
const bracketRules: ReadonlySet<string> = new Set([
  "body",
  "callArguments",
  "parameters",
  "list",
  "group",
  "importNames",
]);

/** Rules that catch an error inside them, and where the parser goes on after it. */
const recoveringRules: Readonly<Record<string, "declaration" | "statement" | "item">> = {
  declaration: "declaration",
  statement: "statement",
  argument: "item",
  item: "item",
  parameter: "item",
  importName: "item",
};

/** What the recovery of Chevrotain offers to its subclasses, beyond its published types. */
interface Recovery {
  currIdx: number;
  CST_STACK: CstNode[];
  SAVE_ERROR<E extends Error>(error: E): E;
  SKIP_TOKEN(): IToken;
  getCurrRuleFullName(): string;
  getHumanReadableRuleStack(): string[];
}

/** Rules that hold items one after the other, and rules that hold items between commas. */
const repeatingRules: ReadonlySet<string> = new Set(["file", "body"]);
const separatedRules: ReadonlySet<string> = new Set(["callArguments", "parameters", "list", "importNames"]);

type OptionalOptions = Parameters<ILookaheadStrategy["buildLookaheadForOptional"]>[0];

function isOneOf(token: IToken, types: readonly TokenType[]): boolean {
  return types.some((type) => tokenMatcher(token, type));
}

function isCloser(token: IToken): boolean {
  return isOneOf(token, [t.RightParen, t.RightBracket, t.RightBrace, EOF]);
}

/**
 * A repetition of items goes on until its closing bracket, whatever comes: then the item, which knows how to recover,
 * meets what is wrong, rather than the rule around it.
 */
class ToTheCloser extends LLkLookaheadStrategy {
  override buildLookaheadForOptional(options: OptionalOptions): () => boolean {
    const { rule, prodType, prodOccurrence } = options;
    const inItems = separatedRules.has(rule.name);
    if (repeatingRules.has(rule.name) || (inItems && prodType === "Option" && prodOccurrence === 0)) {
      return function (this: { LA(k: number): IToken }) {
        return !isCloser(this.LA(1));
      };
    }
    if (inItems && prodType === "Repetition") {
      return function (this: { LA(k: number): IToken }) {
        return tokenMatcher(this.LA(1), t.Comma) && !isCloser(this.LA(2));
      };
    }
    return super.buildLookaheadForOptional(options);
  }
}

export interface ParserOptions {
  /** The checks of the grammar itself take time and are made in the tests. */
  readonly skipValidations: boolean;
  readonly errorMessageProvider?: IParserErrorMessageProvider;
}

/**
 * A Chevrotain parser whose recovery knows the brackets: after an error it goes on at the next item of the list, the next
 * statement of the body or the next declaration, whichever the error lies in, and never inside or outside of them.
 */
export class RecoveringParser extends CstParser {
  constructor(options: ParserOptions) {
    super(t.tokens as TokenType[], {
      recoveryEnabled: true,
      maxLookahead: 2,
      nodeLocationTracking: "onlyOffset",
      lookaheadStrategy: new ToTheCloser({ maxLookahead: 2 }),
      ...options,
    });
  }

  /** Any number of items, one comma may follow the last; the brackets around them belong to the rule. */
  protected itemsBetweenCommas(item: ParserMethod<[], CstNode>): void {
    this.OPTION(() => {
      this.SUBRULE(item);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(item);
      });
      this.OPTION2(() => this.CONSUME2(t.Comma));
    });
  }

  /** After an item comes a comma or the closing bracket; anything else is the item's error, who recovers from it. */
  protected endOfItem(): void {
    this.ACTION(() => {
      const next = this.LA(1);
      if (tokenMatcher(next, t.Comma) || isCloser(next)) return;
      throw this.recovery.SAVE_ERROR(new MismatchedTokenException("',' or the closing bracket", next, this.LA(0)));
    });
  }

  private get recovery(): Recovery {
    return this as unknown as Recovery;
  }

  /** Guessing a missing token is left to `src/syntax/structure/`, which sees more. */
  protected override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    return false;
  }

  /** What can follow a token matters only to who inserts one, and is looked up in all of the grammar. */
  protected getFollowsForInRuleRecovery(): TokenType[] {
    return [];
  }

  protected consumeInternalRecovery(_type: TokenType, _index: number, error: Error): never {
    throw error;
  }

  /* The three methods by which Chevrotain goes on after an error, replaced by ones that know the brackets. */

  protected findReSyncTokenType(): TokenType {
    return EOF;
  }

  protected isInCurrentRuleReSyncSet(): boolean {
    return this.recovery.getCurrRuleFullName() in recoveringRules;
  }

  protected reSyncTo(): IToken[] {
    const { recovery } = this;
    const stack = recovery.getHumanReadableRuleStack();
    const depth = stack.filter((rule) => bracketRules.has(rule)).length;
    const goal = recoveringRules[stack.at(-1) as string] ?? "declaration";
    const node = recovery.CST_STACK.at(-1) as CstNode;
    const skipped: IToken[] = [];
    // A rule that has consumed nothing would meet the same token again.
    if (goal !== "item" && Object.keys(node.children).length === 0) this.skipTo(skipped);
    while (!this.goesOnAt(goal, depth)) this.skipTo(skipped);
    return skipped;
  }

  private skipTo(skipped: IToken[]): void {
    if (tokenMatcher(this.LA(1), EOF)) return;
    skipped.push(this.LA(1));
    this.recovery.SKIP_TOKEN();
  }

  private goesOnAt(goal: "declaration" | "statement" | "item", depth: number): boolean {
    const token = this.LA(1) as PlacedToken;
    if (tokenMatcher(token, EOF)) return true;
    const tokenDepth = token.depth ?? 0;
    if (tokenDepth !== depth) return tokenDepth < depth;
    // It closes a bracket that has been skipped.
    if (isCloser(token)) return false;
    switch (goal) {
      case "item":
        return tokenMatcher(token, t.Comma);
      case "statement":
        return (
          token.lineStart === true ||
          (isOneOf(token, [t.Identifier, t.StringLiteral]) && tokenMatcher(this.LA(2), t.Colon)) ||
          isOneOf(this.LA(0), [t.RightParen, t.RightBracket, t.RightBrace]) ||
          isOneOf(token, [...t.statementKeywords.values(), ...t.declarationKeywords.values()])
        );
      case "declaration":
        return (
          isOneOf(token, [...t.declarationKeywords.values()]) ||
          (token.lineStart === true && tokenMatcher(token, t.Identifier))
        );
    }
  }
}
