import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { ConfigError, type Path } from "./fault.ts";

export interface ConfigDocument {
  value: Record<string, unknown>;
  /** The line of what a path leads to, or of the nearest thing above it. */
  lineOf(path: Path): number | undefined;
}

/** An alias may stand for much; a hundred of them is more than anyone writes by hand. */
const MAX_ALIASES = 100;

/**
 * YAML 1.2 with merge keys; JSON is a part of it.
 * @throws ConfigError for what is not well-formed, not one document or not a mapping.
 */
export function parseConfigDocument(text: string): ConfigDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    merge: true,
    prettyErrors: false,
    stringKeys: true,
    logLevel: "error",
  });
  const [problem] = [...document.errors, ...document.warnings];
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
const worded = ({ code, message }: { code: string; message: string }): string =>
  WORDS[code] ?? message.split(/(?<=\w): /, 1)[0]!;

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
