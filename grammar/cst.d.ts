import type { CstNode, ICstVisitor, IToken } from "chevrotain";

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  declaration?: DeclarationCstNode[];
};

export interface DeclarationCstNode extends CstNode {
  name: "declaration";
  children: DeclarationCstChildren;
}

export type DeclarationCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
  dimDeclaration?: DimDeclarationCstNode[];
  blockDeclaration?: BlockDeclarationCstNode[];
  modelDeclaration?: ModelDeclarationCstNode[];
  misplacedStatement?: MisplacedStatementCstNode[];
};

export interface ImportDeclarationCstNode extends CstNode {
  name: "importDeclaration";
  children: ImportDeclarationCstChildren;
}

export type ImportDeclarationCstChildren = {
  Import: IToken[];
  importNames: ImportNamesCstNode[];
  From: IToken[];
  StringLiteral: IToken[];
};

export interface ImportNamesCstNode extends CstNode {
  name: "importNames";
  children: ImportNamesCstChildren;
}

export type ImportNamesCstChildren = {
  LeftBrace: IToken[];
  importName?: (ImportNameCstNode)[];
  Comma?: (IToken)[];
  RightBrace: IToken[];
};

export interface ImportNameCstNode extends CstNode {
  name: "importName";
  children: ImportNameCstChildren;
}

export type ImportNameCstChildren = {
  Identifier: IToken[];
};

export interface LetDeclarationCstNode extends CstNode {
  name: "letDeclaration";
  children: LetDeclarationCstChildren;
}

export type LetDeclarationCstChildren = {
  Let: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface DimDeclarationCstNode extends CstNode {
  name: "dimDeclaration";
  children: DimDeclarationCstChildren;
}

export type DimDeclarationCstChildren = {
  Dim: IToken[];
  Identifier: IToken[];
};

export interface BlockDeclarationCstNode extends CstNode {
  name: "blockDeclaration";
  children: BlockDeclarationCstChildren;
}

export type BlockDeclarationCstChildren = {
  Block: IToken[];
  Identifier: IToken[];
  parameters: ParametersCstNode[];
  body: BodyCstNode[];
};

export interface ParametersCstNode extends CstNode {
  name: "parameters";
  children: ParametersCstChildren;
}

export type ParametersCstChildren = {
  LeftParen: IToken[];
  parameter?: (ParameterCstNode)[];
  Comma?: (IToken)[];
  RightParen: IToken[];
};

export interface ParameterCstNode extends CstNode {
  name: "parameter";
  children: ParameterCstChildren;
}

export type ParameterCstChildren = {
  Identifier: IToken[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface ModelDeclarationCstNode extends CstNode {
  name: "modelDeclaration";
  children: ModelDeclarationCstChildren;
}

export type ModelDeclarationCstChildren = {
  Model: IToken[];
  Identifier: IToken[];
  body: BodyCstNode[];
};

export interface BodyCstNode extends CstNode {
  name: "body";
  children: BodyCstChildren;
}

export type BodyCstChildren = {
  LeftBrace: IToken[];
  statement?: StatementCstNode[];
  RightBrace: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  label?: LabelCstNode[];
  layerStatement?: LayerStatementCstNode[];
  repeatStatement?: RepeatStatementCstNode[];
  inputClause?: InputClauseCstNode[];
  weightsClause?: WeightsClauseCstNode[];
  labelsClause?: LabelsClauseCstNode[];
  compileClause?: CompileClauseCstNode[];
  misplacedDeclaration?: MisplacedDeclarationCstNode[];
};

export interface LabelCstNode extends CstNode {
  name: "label";
  children: LabelCstChildren;
}

export type LabelCstChildren = {
  name?: (IToken)[];
  Colon: IToken[];
};

export interface LayerStatementCstNode extends CstNode {
  name: "layerStatement";
  children: LayerStatementCstChildren;
}

export type LayerStatementCstChildren = {
  Identifier: IToken[];
  callArguments?: CallArgumentsCstNode[];
  assertion?: AssertionCstNode[];
};

export interface RepeatStatementCstNode extends CstNode {
  name: "repeatStatement";
  children: RepeatStatementCstChildren;
}

export type RepeatStatementCstChildren = {
  Repeat: IToken[];
  expression: ExpressionCstNode[];
  body: BodyCstNode[];
  assertion?: AssertionCstNode[];
};

export interface AssertionCstNode extends CstNode {
  name: "assertion";
  children: AssertionCstChildren;
}

export type AssertionCstChildren = {
  Arrow: IToken[];
  list: ListCstNode[];
};

export interface InputClauseCstNode extends CstNode {
  name: "inputClause";
  children: InputClauseCstChildren;
}

export type InputClauseCstChildren = {
  Input: IToken[];
  list: ListCstNode[];
};

export interface WeightsClauseCstNode extends CstNode {
  name: "weightsClause";
  children: WeightsClauseCstChildren;
}

export type WeightsClauseCstChildren = {
  Weights: IToken[];
  path: IToken[];
  Prefix?: IToken[];
  prefix?: IToken[];
};

export interface LabelsClauseCstNode extends CstNode {
  name: "labelsClause";
  children: LabelsClauseCstChildren;
}

export type LabelsClauseCstChildren = {
  Labels: IToken[];
  list: ListCstNode[];
};

export interface CompileClauseCstNode extends CstNode {
  name: "compileClause";
  children: CompileClauseCstChildren;
}

export type CompileClauseCstChildren = {
  Compile: IToken[];
  callArguments: CallArgumentsCstNode[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  product: (ProductCstNode)[];
  operator?: (IToken)[];
};

export interface ProductCstNode extends CstNode {
  name: "product";
  children: ProductCstChildren;
}

export type ProductCstChildren = {
  unary: (UnaryCstNode)[];
  operator?: (IToken)[];
};

export interface UnaryCstNode extends CstNode {
  name: "unary";
  children: UnaryCstChildren;
}

export type UnaryCstChildren = {
  sign?: SignCstNode[];
  primary: PrimaryCstNode[];
  exponent?: ExponentCstNode[];
};

export interface ExponentCstNode extends CstNode {
  name: "exponent";
  children: ExponentCstChildren;
}

export type ExponentCstChildren = {
  StarStar: IToken[];
  sign?: SignCstNode[];
  primary: PrimaryCstNode[];
};

export interface SignCstNode extends CstNode {
  name: "sign";
  children: SignCstChildren;
}

export type SignCstChildren = {
  operator?: (IToken)[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  NumberLiteral?: IToken[];
  StringLiteral?: IToken[];
  True?: IToken[];
  False?: IToken[];
  None?: IToken[];
  Identifier?: IToken[];
  callArguments?: CallArgumentsCstNode[];
  list?: ListCstNode[];
  group?: GroupCstNode[];
};

export interface CallArgumentsCstNode extends CstNode {
  name: "callArguments";
  children: CallArgumentsCstChildren;
}

export type CallArgumentsCstChildren = {
  LeftParen: IToken[];
  argument?: (ArgumentCstNode)[];
  Comma?: (IToken)[];
  RightParen: IToken[];
};

export interface ArgumentCstNode extends CstNode {
  name: "argument";
  children: ArgumentCstChildren;
}

export type ArgumentCstChildren = {
  Identifier?: IToken[];
  Equals?: IToken[];
  expression: ExpressionCstNode[];
};

export interface ListCstNode extends CstNode {
  name: "list";
  children: ListCstChildren;
}

export type ListCstChildren = {
  LeftBracket: IToken[];
  item?: (ItemCstNode)[];
  Comma?: (IToken)[];
  RightBracket: IToken[];
};

export interface ItemCstNode extends CstNode {
  name: "item";
  children: ItemCstChildren;
}

export type ItemCstChildren = {
  expression: ExpressionCstNode[];
};

export interface GroupCstNode extends CstNode {
  name: "group";
  children: GroupCstChildren;
}

export type GroupCstChildren = {
  LeftParen: IToken[];
  expression: ExpressionCstNode[];
  RightParen: IToken[];
};

export interface MisplacedStatementCstNode extends CstNode {
  name: "misplacedStatement";
  children: MisplacedStatementCstChildren;
}

export type MisplacedStatementCstChildren = {
  label?: LabelCstNode[];
  layerStatement?: LayerStatementCstNode[];
  repeatStatement?: RepeatStatementCstNode[];
  inputClause?: InputClauseCstNode[];
  weightsClause?: WeightsClauseCstNode[];
  labelsClause?: LabelsClauseCstNode[];
  compileClause?: CompileClauseCstNode[];
};

export interface MisplacedDeclarationCstNode extends CstNode {
  name: "misplacedDeclaration";
  children: MisplacedDeclarationCstChildren;
}

export type MisplacedDeclarationCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
  dimDeclaration?: DimDeclarationCstNode[];
  blockDeclaration?: BlockDeclarationCstNode[];
  modelDeclaration?: ModelDeclarationCstNode[];
};

export interface ICstNodeVisitor<IN, OUT> extends ICstVisitor<IN, OUT> {
  file(children: FileCstChildren, param?: IN): OUT;
  declaration(children: DeclarationCstChildren, param?: IN): OUT;
  importDeclaration(children: ImportDeclarationCstChildren, param?: IN): OUT;
  importNames(children: ImportNamesCstChildren, param?: IN): OUT;
  importName(children: ImportNameCstChildren, param?: IN): OUT;
  letDeclaration(children: LetDeclarationCstChildren, param?: IN): OUT;
  dimDeclaration(children: DimDeclarationCstChildren, param?: IN): OUT;
  blockDeclaration(children: BlockDeclarationCstChildren, param?: IN): OUT;
  parameters(children: ParametersCstChildren, param?: IN): OUT;
  parameter(children: ParameterCstChildren, param?: IN): OUT;
  modelDeclaration(children: ModelDeclarationCstChildren, param?: IN): OUT;
  body(children: BodyCstChildren, param?: IN): OUT;
  statement(children: StatementCstChildren, param?: IN): OUT;
  label(children: LabelCstChildren, param?: IN): OUT;
  layerStatement(children: LayerStatementCstChildren, param?: IN): OUT;
  repeatStatement(children: RepeatStatementCstChildren, param?: IN): OUT;
  assertion(children: AssertionCstChildren, param?: IN): OUT;
  inputClause(children: InputClauseCstChildren, param?: IN): OUT;
  weightsClause(children: WeightsClauseCstChildren, param?: IN): OUT;
  labelsClause(children: LabelsClauseCstChildren, param?: IN): OUT;
  compileClause(children: CompileClauseCstChildren, param?: IN): OUT;
  expression(children: ExpressionCstChildren, param?: IN): OUT;
  product(children: ProductCstChildren, param?: IN): OUT;
  unary(children: UnaryCstChildren, param?: IN): OUT;
  exponent(children: ExponentCstChildren, param?: IN): OUT;
  sign(children: SignCstChildren, param?: IN): OUT;
  primary(children: PrimaryCstChildren, param?: IN): OUT;
  callArguments(children: CallArgumentsCstChildren, param?: IN): OUT;
  argument(children: ArgumentCstChildren, param?: IN): OUT;
  list(children: ListCstChildren, param?: IN): OUT;
  item(children: ItemCstChildren, param?: IN): OUT;
  group(children: GroupCstChildren, param?: IN): OUT;
  misplacedStatement(children: MisplacedStatementCstChildren, param?: IN): OUT;
  misplacedDeclaration(children: MisplacedDeclarationCstChildren, param?: IN): OUT;
}
