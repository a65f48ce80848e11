import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { superLinear } from "../../support/hostile/super-linear.ts";

/** Regular expressions of the code that people run, and what a hostile text would cost each. The work is counted, not timed. */

const FOLDERS = ["src", "adapters", "integrations"];
const ROOT = new URL("../../../", import.meta.url);

const files = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    // The emulator reads what a test sends.
    .filter((file) => file.endsWith(".ts") && !file.startsWith("src/testing/")),
);

interface Found {
  literals: Map<string, string>;
  /** Files that make patterns as they run. */
  makers: Set<string>;
}

function patternsIn(all: readonly string[]): Found {
  const found: Found = { literals: new Map(), makers: new Set() };
  for (const file of all) {
    const text = readFileSync(new URL(file, ROOT), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const walk = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) found.literals.set(node.text, file);
      const makes = ts.isNewExpression(node) || ts.isCallExpression(node);
      if (makes && ts.isIdentifier(node.expression) && node.expression.text === "RegExp")
        found.makers.add(file);
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
  return found;
}

const toPattern = (literal: string): RegExp => {
  const end = literal.lastIndexOf("/");
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
};

/** Those of which the text is short, or the operator's own. */
const EXCUSED: Readonly<Record<string, string>> = {
  "/^\\s*(\\{\\s*\\})?\\s*$/": "less than eight bytes",
  "/^((?!oidc\\/).*[/\\\\].*)$/": "a setting of the operator's own file",
};

const { literals, makers } = patternsIn(files);

describe("the measure", () => {
  it.each([
    /(a+)+$/,
    /(a|a)*$/,
    /\s+$/,
    /^(\w+\s?)*$/,
    /x*y*x*$/,
    /(?:a|ab|b)*c/,
    /a.*b.*c$/,
    /^\s*(\{\s*\})?\s*$/,
  ])("knows %s for what it is", (pattern) => {
    expect(superLinear(pattern)).toBeDefined();
  });

  it.each([/^\s*x/, /^[\w-]+(?:[.:][\w-]+)*$/, /(?<!\\)\\u/, /^a{1,70}b/, /<[^<>]*>/, /^.*#/, /\d{12}/])(
    "lets %s pass",
    (pattern) => {
      expect(superLinear(pattern)).toBeUndefined();
    },
  );
});

describe("a pattern of the code that people run", () => {
  it.each([...literals].filter(([literal]) => !Object.hasOwn(EXCUSED, literal)))(
    "%s works in proportion to what it reads (%s)",
    (literal) => {
      expect(superLinear(toPattern(literal))).toBeUndefined();
    },
  );

  it("stands where it can be looked at; these are made of fixed words as the code runs", () => {
    expect([...makers].toSorted()).toEqual([
      "src/bedrock/learning/lessons.ts",
      "src/bedrock/models/region.ts",
      "src/images/families/stability/services.ts",
    ]);
  });

  it("is excused only where it still stands", () => {
    expect(Object.keys(EXCUSED).filter((literal) => !literals.has(literal))).toEqual([]);
  });
});
