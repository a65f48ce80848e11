import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

interface Manifest {
  peerDependencies: Record<string, string>;
}

const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const isOptional = (specifier: string): boolean =>
  Object.keys(peerDependencies).some((name) => specifier === name || specifier.startsWith(`${name}/`));

const files = ["src", "integrations", "adapters"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(folder, path)),
);

/** The late imports of optional packages in a file, and whether each stands in a `try` itself. */
function lateImports(text: string): { specifier: string; isTried: boolean }[] {
  const found: { specifier: string; isTried: boolean }[] = [];
  const look = (node: ts.Node, isTried: boolean): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name) && isOptional(name.text))
        found.push({ specifier: name.text, isTried: isTried && ts.isAwaitExpression(node.parent) });
    }
    const { parent } = node;
    const within =
      ts.isTryStatement(parent) && parent.tryBlock === node && parent.catchClause
        ? true
        : isTried && !ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => look(child, within));
  };
  const source = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) look(statement, false);
  return found;
}

it("an optional package stops no app's build: all bundlers see that its import may fail", () => {
  const imports = files.flatMap((file) =>
    lateImports(readFileSync(join(root, file), "utf8")).map((found) => ({ file, ...found })),
  );
  expect(imports.map(({ specifier }) => specifier).toSorted()).toEqual([
    "@keyv/redis",
    "@opentelemetry/api",
    "gpt-tokenizer/encoding/cl100k_base",
    "prom-client",
    "sharp",
  ]);
  expect(imports.filter(({ isTried }) => !isTried)).toEqual([]);
});

it.each([
  'const load = () => import("sharp");',
  'const load = () => import("sharp").catch(refuse);',
  'async function load() { try { return import("sharp"); } catch (cause) { throw refusal(cause); } }',
  'async function load() { try { return await run(async () => await import("sharp")); } catch (cause) { throw refusal(cause); } }',
])("some bundler does not see it of %s", (text) => {
  expect(lateImports(text)).toEqual([{ specifier: "sharp", isTried: false }]);
});
