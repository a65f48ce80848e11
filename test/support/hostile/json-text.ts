import * as fc from "fast-check";

/** A member of a body: what `JSON.parse` makes, or text that stands in the body as it is. */
export type Fragment = { readonly raw: string };

export const raw = (text: string): Fragment => ({ raw: text });

const isFragment = (value: unknown): value is Fragment =>
  typeof value === "object" && value !== null && Object.keys(value).join() === "raw";

/** JSON as it is sent, also what no object can hold: keys twice, numbers without a bound, `__proto__` as a member. */
export function toText(value: unknown): string {
  if (isFragment(value)) return value.raw;
  if (Array.isArray(value)) return `[${value.map(toText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${toText(member)}`)
    .join(",")}}`;
}

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);

const POLLUTION = '{"polluted":true,"stream":true,"model":"x","toString":1,"length":-1}';

/** What a client never sends, and an attacker may: valid JSON all of it, by what it is. */
const ODD: Readonly<Record<"string" | "number" | "other", readonly string[]>> = {
  number: [
    "0",
    "-0",
    "-1",
    "1",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "1E2",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "123456789012345678901234567890",
  ],
  string: [
    '""',
    '" "',
    '"a"',
    '"NaN"',
    '"Infinity"',
    '"\\u0000"',
    '"\\ud800"',
    '"a\\udfff"',
    '"\\u202e\\ufeff\\u2028"',
    '"\\r\\nHost: evil.example\\r\\n\\r\\n"',
    '"../../../etc/passwd"',
    '"..%2f..%2fguardrail"',
    '"data:image/png;base64,AAAA"',
    '"data:image/png;base64,"',
    '"data:text/html,<b>"',
    '"data:,"',
    '"file:///etc/passwd"',
    '"s3://bucket/../key"',
    '"http://169.254.169.254/latest/meta-data/"',
    '"javascript:alert(1)"',
    '"__proto__"',
    '"constructor"',
    '"{\\"__proto__\\":{\\"polluted\\":1}}"',
  ],
  other: [
    "null",
    "true",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    '{"":""}',
    '{"length":5}',
    '{"type":"text"}',
    '{"type":"image_url"}',
    '{"type":["text"]}',
    '{"text":{"text":"a"}}',
    '{"toJSON":"x","toString":"x","valueOf":"x","then":"x"}',
    `{"__proto__":${POLLUTION}}`,
    `{"constructor":{"prototype":${POLLUTION}}}`,
    `{"a":1,"a":${POLLUTION}}`,
    nested(30, "[", "]"),
    nested(30, '{"a":', "}").replace(":}", ":1}"),
  ],
};

/** A few that are large: each costs a run some time. */
const LARGE: readonly (() => string)[] = [
  () => `"${"a".repeat(300_000)}"`,
  () => `"${"\\u0000".repeat(20_000)}"`,
  () => `"${"A".repeat(80_000)}"`,
  () => nested(5_000, "[", "]"),
  () => nested(260, '{"a":', "}").replace(":}", ":1}"),
  () => `[${"1,".repeat(50_000)}1]`,
  () => `[${"{},".repeat(20_000)}{}]`,
  () => `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join(",")}}`,
  () => `"data:image/png;base64,${"A".repeat(200_000)}"`,
];

const from = (texts: readonly string[]): fc.Arbitrary<Fragment> => fc.constantFrom(...texts).map(raw);

/** Of any kind. */
export const hostileValue: fc.Arbitrary<Fragment> = fc.oneof(
  { weight: 12, arbitrary: from([...ODD.other, ...ODD.string, ...ODD.number]) },
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => raw(JSON.stringify(value))) },
  { weight: 1, arbitrary: fc.constantFrom(...LARGE).map((make) => raw(make())) },
);

/** Of the kind that is expected, and so further on its way before anyone wonders. */
export const hostileText: fc.Arbitrary<Fragment> = from(ODD.string);
export const hostileNumber: fc.Arbitrary<Fragment> = from(ODD.number);

export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "toJSON",
    "then",
    "length",
    "0",
    "",
    "\u0000",
    "\ud800",
    "model",
    "stream",
    "aws_region_name",
    "aws_bedrock_runtime_endpoint",
    "api_base",
    "extra_headers",
    "extra_body",
    "additionalModelRequestFields",
    "x\r\ny: z",
  ),
  fc.string({ maxLength: 20 }),
);
