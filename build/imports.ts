import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parse } from 'vue/compiler-sfc';
import type { Room } from './rooms';

/** One import of a file: what it names, where, and whether it vanishes when compiled. */
export interface Import {
  readonly target: string;
  readonly line: number;
  readonly isTypeOnly: boolean;
}

const sourceFile = /\.(ts|mts|js|mjs|vue)$/;

/** Every source file under the folders of the rooms with its text, by its path from the root, with forward slashes. */
export function sourcesOf(root: string, rooms: readonly Room[]): Map<string, string> {
  const tops = new Set(rooms.map((room) => room.path.split('/')[0]).filter((top) => !top.includes('.')));
  const files = [...tops].flatMap((top) => filesUnder(root, top));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

function filesUnder(root: string, folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  } catch {
    return []; // A room that is in the table but has no folder yet.
  }
  return entries
    .filter((entry) => entry.isFile() && sourceFile.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

/** All imports of a file, also types, re-exports and dynamic ones. */
export function importsOf(file: string, text: string): Import[] {
  if (!file.endsWith('.vue')) return importsOfScript(text, 0);
  const { descriptor } = parse(text, { filename: file, sourceMap: false });
  return [descriptor.script, descriptor.scriptSetup].flatMap((block) =>
    block ? importsOfScript(block.content, block.loc.start.line - 1) : [],
  );
}

function importsOfScript(text: string, lineOffset: number): Import[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (literal: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (!literal || !ts.isStringLiteralLike(literal)) return;
    const { line } = source.getLineAndCharacterOfPosition(literal.getStart(source));
    found.push({ target: literal.text, line: line + 1 + lineOffset, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
