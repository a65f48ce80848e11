import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { ConfigError, type Path } from "./fault.ts";
import { tooDeepAt } from "./too-deep.ts";

export interface ConfigDocument {
  value: Record<string, unknown>;
  /** The line of what a path leads to, or of the nearest thing above it. */
  lineOf(path: Path): number | undefined;
}

/** An alias may stand for much; a hundred of them is more than anyone writes by hand. */
const MAX_ALIASES = 100;

/** Of characters: a hundred times what anyone writes by hand. */
const MAX_LENGTH = 1024 * 1024;

/**
 * YAML 1.2 with merge keys; JSON is a part of it.
 * @throws ConfigError for what is not well-formed, not one document or not a mapping.
 */
export function parseConfigDocument(text: string): ConfigDocument {
  if (text.length > MAX_LENGTH)
    throw new ConfigError([{ line: undefined, message: `it is longer than ${MAX_LENGTH} characters.` }]);
  const deep = tooDeepAt(text);
  if (deep !== undefined)
    throw new ConfigError([{ line: deep, message: `${WORDS["RESOURCE_EXHAUSTION"]}.` }]);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    merge: true,
    prettyErrors: false,
    // The parser's own look for them compares every key with every other.
    uniqueKeys: false,
    stringKeys: true,
    logLevel: "error",
  });
  const problems: Problem[] = [...document.errors, ...document.warnings, ...repeatedKeys(document)];
  const [problem] = problems.toSorted((one, other) => one.pos[0] - other.pos[0]);
  if (problem) {
    const { line } = lineCounter.linePos(problem.pos[0]);
    throw new ConfigError([{ line, message: `${worded(problem)}.` }]);
  }
  const value = plain(document);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notMapping(value);
  return {
    value: value as Record<string, unknown>,
    lineOf: (path) => lineOf(path, document, lineCounter),
  };
}

interface Problem {
  code: string;
  message: string;
  pos: readonly [number, ...number[]];
}

function repeatedKeys(document: Document): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name !== undefined && seen.has(name))
          problems.push({ code: "DUPLICATE_KEY", message: "", pos: [startOf(key) ?? 0] });
        if (name !== undefined) seen.add(name);
      }
    },
  });
  return problems;
}

const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "this key stands here a second time",
  MULTIPLE_DOCS: "a second document begins here, and only one is read",
  RESOURCE_EXHAUSTION: "this is nested too deep",
  TAG_RESOLVE_FAILED: "what begins with ! is a tag, and this is none that fits; a text is put in quotes",
  BAD_DIRECTIVE: "what begins with % is a directive, and there is none like this; a text is put in quotes",
  BAD_DQ_ESCAPE:
    "a backslash in double quotes begins what YAML does not know; single quotes leave it as it is",
};

/** The parser quotes what it stumbled over at the end of its sentence, and that may be a secret. */
const worded = ({ code, message }: Problem): string => WORDS[code] ?? message.split(/(?<=\w): /, 1)[0]!;

function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const [, message] = UNREADABLE.find(([words]) => String(error).includes(words)) ?? [];
    throw new ConfigError([{ line: undefined, message: `${message ?? "it is nested too deep"}.` }]);
  }
}

/** By the parser's words, which end in what stands in the file. */
const UNREADABLE: readonly (readonly [words: string, message: string])[] = [
  [
    "Unresolved alias",
    "what begins with * is an alias, and one has no anchor before it; a text is put in quotes",
  ],
  ["Excessive alias", "its aliases stand for too much"],
  ["Merge sources", "`<<` takes a mapping, or an alias of one"],
];

const notMapping = (value: unknown): ConfigError => {
  const message =
    value == null ? "the file is empty." : "a mapping of options is expected, `region: us-east-1`.";
  return new ConfigError([{ line: 1, message }]);
};

function lineOf(path: Path, document: Document, lineCounter: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path) {
    const target: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(target)) {
      const pair = target.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(target)) {
      node = target.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset === undefined ? undefined : lineCounter.linePos(offset).line;
}

const startOf = (node: unknown): number | undefined =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0];
