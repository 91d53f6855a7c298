import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folder of package.json. */
export const checkout = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * One import of a source file, of any form: statement, re-export, `import()`, `import("…").Type`, `require`.
 */
export interface SourceImport {
  /** Relative to the checkout, POSIX separators. */
  from: string;
  specifier: string;
  /** The file meant, relative to the checkout; undefined for packages and Node's own modules. */
  to: string | undefined;
  /** Erased by the compiler. */
  isTypeOnly: boolean;
}

/** All sources under some folders, relative to the checkout, sorted. */
export function sourceFiles(folders: string[]): string[] {
  const ignored = /(?:^|\/)(?:node_modules|dist|target|fixtures)\//;
  return folders
    .filter((folder) => existsSync(join(checkout, folder)))
    .flatMap((folder) => readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:ts|mts|mjs)$/.test(entry.name))
    .map((entry) => relative(checkout, join(entry.parentPath, entry.name)))
    .filter((file) => !ignored.test(file))
    .sort();
}

/** The imports of one source file whose specifier is a literal. */
export function importsOf(file: string): SourceImport[] {
  const text = readFileSync(join(checkout, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: SourceImport[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    found.push({ from: file, specifier: specifier.text, to: resolve(file, specifier.text), isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isErased(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && isLoad(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isErased({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = importClause.namedBindings;
  const allTypes =
    names !== undefined && ts.isNamedImports(names) && names.elements.every(({ isTypeOnly }) => isTypeOnly);
  return importClause.name === undefined && allTypes;
}

function isLoad(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require")
  );
}

function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? join(dirname(file), specifier) : undefined;
}
