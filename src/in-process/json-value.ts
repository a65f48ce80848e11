import { invalidRequest } from "../errors.ts";
import { MAX_DEPTH } from "../http/depth.ts";

/**
 * A value as its JSON would be read: a copy of plain objects and lists, in which nobody changes anything while it is on its
 * way. Undefined members and functions are left out, `toJSON` is asked. Unlike JSON, numbers stay as they are, so that
 * what is not a number is refused where it stands and not taken for nothing.
 * @throws BedrockOpenAIError 400 for what is nested too deeply or in itself, and for what JSON cannot hold.
 */
export const asJson = (value: unknown): unknown => copied(value, { at: "", depth: 0 });

interface Place {
  at: string;
  depth: number;
}

function copied(given: unknown, place: Place): unknown {
  if (typeof given !== "object" || given === null) return primitive(given, place);
  // A Buffer's own JSON is a list of numbers that nobody means.
  if (ArrayBuffer.isView(given)) throw noJson(place, "bytes are not; files are sent as base64");
  const value = hasToJson(given) ? given.toJSON() : given;
  if (typeof value !== "object" || value === null) return primitive(value, place);
  const { at, depth } = place;
  if (depth > MAX_DEPTH)
    throw invalidRequest(`The request is nested too deeply, or in itself. The limit is ${MAX_DEPTH} levels.`);
  if (Array.isArray(value))
    return Array.from(value, (item, index) =>
      isLeaf(item) ? item : (copied(item, { at: `${at}[${index}]`, depth: depth + 1 }) ?? null),
    );
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const copy = isLeaf(member)
      ? member
      : copied(member, { at: at === "" ? name : `${at}.${name}`, depth: depth + 1 });
    if (copy !== undefined) members.push([name, copy]);
  }
  // Not by assignment: `__proto__` is a name like others.
  return Object.fromEntries(members);
}

/** Nearly everything: a long text is the same text. */
const isLeaf = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

function primitive(value: unknown, place: Place): unknown {
  if (typeof value === "bigint") throw noJson(place, "a BigInt is not");
  return typeof value === "function" || typeof value === "symbol" ? undefined : value;
}

const hasToJson = (value: object): value is { toJSON(): unknown } =>
  "toJSON" in value && typeof value.toJSON === "function";

const noJson = ({ at }: Place, why: string): Error =>
  invalidRequest(`Invalid type for '${at}': it has to be JSON, which ${why}.`, {
    code: "invalid_type",
    param: at,
  });
