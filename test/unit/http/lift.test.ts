import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBytes } from "../../../src/bedrock/courier/to-bytes.ts";
import type { Conversation } from "../../../src/conversation/types.ts";
import { isLifted, toToken, withFiles } from "../../../src/http/attachments.ts";
import { findBase64Runs, LARGE_RUN, mayHoldRuns } from "../../../src/http/base64-runs.ts";
import { isTooDeep } from "../../../src/http/depth.ts";
import { type FilesIn, parseLifting } from "../../../src/http/lift.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const LONG = LARGE_RUN + 4;
const base64 = (length = LONG, char = "A"): string => `iVBORw0KGgo/+${char.repeat(length - 13)}`;
const dataUrl = (data = base64(), head = "data:image/png;base64,"): string => head + data;

/** Files stand in `files`, everything else is something else. */
const filesIn: FilesIn = (value) => {
  const files = (value as { files?: unknown } | null)?.files;
  return Array.isArray(files) ? files.filter((file) => typeof file === "string") : [];
};
const lift = (json: string | Uint8Array) =>
  parseLifting(typeof json === "string" ? encode(json) : json, filesIn);

/** What AWS would get, and how much of the body never was a string. */
function roundTrip(json: string): { text: string; lifted: number } {
  const { value, attachments } = lift(json);
  return {
    text: new TextDecoder().decode(toBytes(value as Conversation, attachments)),
    lifted: attachments.files.length,
  };
}

describe("a large file in a body", () => {
  it.each<[string, unknown, number]>([
    ["as a data URL", { files: [dataUrl()] }, 1],
    ["as bare base64", { files: [base64()] }, 1],
    ["with its mark in upper case", { files: [dataUrl(base64(), "DATA:image/png;BASE64,")] }, 1],
    ["with parameters", { files: [dataUrl(base64(), "data:text/plain;charset=utf-8;base64,")] }, 1],
    ["with padding", { files: [`${base64(LONG - 1)}=`, `${base64(LONG - 2)}==`] }, 2],
    ["that is cut off within four characters", { files: [base64(LONG + 1), `${base64()}=`] }, 0],
    ["beside others", { files: [dataUrl(), base64(LONG * 3), dataUrl(), "x"] }, 3],
    ["that stands there twice", { files: [dataUrl(), dataUrl()] }, 2],
    ["of 1 MiB", { files: [dataUrl(base64(1 << 20))], after: "x".repeat(70_000) }, 1],
    ["between characters of several bytes", { a: "日本’🌍é", files: [dataUrl()], b: "é🌍" }, 1],
    ["of exactly the threshold, which is text", { files: [dataUrl(base64(LARGE_RUN))] }, 0],
    ["with three characters of padding, which is none", { files: [`${base64()}===`] }, 0],
    ["with a space in it", { files: [`${base64()} ${base64()}`] }, 0],
    ["with line breaks", { files: [`${base64()}\n${base64()}\n`] }, 0],
    ["in the alphabet of URLs", { files: [`${base64()}-_${base64()}`] }, 0],
    ["after a comma in its head", { files: [dataUrl(base64(), "data:text/plain,a;base64,")] }, 0],
    ["after a head without end", { files: [dataUrl(base64(), `data:${"x".repeat(300)};base64,`)] }, 0],
    ["after something else", { files: [dataUrl(base64(), "see data:image/png;base64,")] }, 0],
    ["after an escaped quote", { files: [dataUrl(base64(), '"data:image/png;base64,')] }, 0],
    ["after an escaped backslash", { files: [dataUrl(base64(), "\\")] }, 0],
    ["before an escaped quote", { files: [`${dataUrl()}"`] }, 0],
    ["in a tool's arguments", { files: [JSON.stringify({ url: dataUrl() })] }, 0],
    ["where no file belongs", { text: dataUrl(), bare: base64() }, 0],
    ["in a key", { [dataUrl()]: 1, [base64()]: 2, files: [] }, 0],
    ["here and where none belongs", { text: dataUrl(), files: [dataUrl(), base64()], more: base64() }, 2],
  ])("%s", (_, value, lifted) => {
    const json = JSON.stringify(value);
    expect(roundTrip(json)).toEqual({ text: json, lifted });
  });

  it.each([`"${base64()}"`, `"${dataUrl()}"`])("is text where it is the whole body", (body) => {
    expect(lift(body).value).toBe(JSON.parse(body));
  });

  it.each([base64(), `{"files":["${dataUrl()}`, `{"files":["${dataUrl()}"`])("has an end", (body) => {
    expect(() => lift(body)).toThrow(SyntaxError);
  });

  it("is found wherever in memory the body stands", () => {
    const json = encode(JSON.stringify({ files: [dataUrl(base64(LONG * 2))] }));
    for (const offset of [0, 1, 2, 3]) {
      const bytes = new Uint8Array(json.length + offset + 5).fill(0x41);
      bytes.set(json, offset);
      const [run, ...more] = findBase64Runs(bytes.subarray(offset, offset + json.length));
      expect([more, run!.end - run!.start]).toEqual([[], LONG * 2]);
    }
  });

  it("is expected in a text wherever it stands in it", () => {
    for (const before of [0, 1, 63, 64, 65, LARGE_RUN - 70, LARGE_RUN - 64, LARGE_RUN - 1, LARGE_RUN, LONG])
      expect(mayHoldRuns(`${" ".repeat(before)}${JSON.stringify(base64())}${" ".repeat(100)}`)).toBe(true);
    expect(mayHoldRuns(`${"A text of words, and/or more. ".repeat(10_000)}`)).toBe(false);
  });

  it("keeps its first 64 characters in the text, and no more", () => {
    const { value, attachments } = lift(JSON.stringify({ files: [dataUrl()] }));
    const [text = ""] = (value as { files: string[] }).files;
    expect(text.slice(0, 22 + 64)).toBe(dataUrl().slice(0, 22 + 64));
    expect(text.slice(22 + 64)).toBe(`${attachments.prefix}0.`);
  });

  it("is the last of two under one key", () => {
    const { value, attachments } = lift(`{"files":["${base64()}"],"files":["${base64(LONG, "B")}"]}`);
    expect(attachments.files).toHaveLength(1);
    expect(new TextDecoder().decode(toBytes(value as Conversation, attachments))).toBe(
      JSON.stringify({ files: [base64(LONG, "B")] }),
    );
  });
});

describe("a body that is not JSON in UTF-8", () => {
  const file = `{"files":["${dataUrl()}"],"a":"`;
  it.each<[string, Uint8Array]>([
    ["before a file", new Uint8Array([0xff, ...encode(`${file}"}`)])],
    ["after a file", new Uint8Array([...encode(file), 0xc3, 0x28, ...encode('"}')])],
    ["cut short after a file", new Uint8Array([...encode(file), 0xf0, 0x9f])],
    ["with a control character in a file", encode(`{"files":["${base64()}\u0001${base64()}"]}`)],
    [
      "with half a character in a file",
      new Uint8Array([...encode(`{"files":["${base64()}`), 0x80, ...encode(`${base64()}"]}`)]),
    ],
    [
      "with a byte order mark after a file",
      new Uint8Array([...encode(`{"files":["${dataUrl()}"]`), 0xef, 0xbb, 0xbf, 0x7d]),
    ],
    ["with two byte order marks", encode('\ufeff\ufeff{"files":[]}')],
    ["with two byte order marks before a file", encode(`\ufeff\ufeff{"files":["${dataUrl()}"]}`)],
    ["with two strings in a row", encode(`{"files":["a"${base64()}"b"]}`)],
  ])("%s", (_, bytes) => expect(() => lift(bytes)).toThrow());

  it("but for a byte order mark at its start, as ever", () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...encode(`{"files":["${dataUrl()}"]}`)]);
    expect(lift(bytes).attachments.files).toHaveLength(1);
  });
});

it("a body that is nested too deeply is not walked through for its files", () => {
  const json = `{"files":["${dataUrl()}"],"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  const { value, attachments } = parseLifting(encode(json), () => expect.fail("it was walked through"));
  expect(isTooDeep(value)).toBe(true);
  expect(attachments.files).toEqual([]);
});

describe("a token", () => {
  it("cannot be guessed: another request's is text", () => {
    const { prefix } = lift(JSON.stringify({ files: [base64()] })).attachments;
    const forged = { files: [base64(), `${prefix}0.`], text: `${prefix}0.` };
    const json = JSON.stringify(forged);
    expect(roundTrip(json)).toEqual({ text: json, lifted: 1 });
    expect(lift(json).attachments.prefix).not.toBe(prefix);
  });

  it("is not what a caller writes that looks like one", () => {
    const { prefix } = lift(JSON.stringify({ files: [base64()] })).attachments;
    expect(isLifted(`AAAA${toToken(prefix, 0)}`)).toBe(true);
    const uuid = crypto.randomUUID();
    for (const forged of [`.attachment-${uuid}-0.`, `.attachment-${uuid}-${uuid}-0.`])
      expect(isLifted(`AAAA${forged}`)).toBe(false);
  });

  it.each(["", "0", "1.", "x.", "-1.", "7.", " 0."])(
    "that is damaged to '%s' is an error, never sent",
    (rest) => {
      const attachments = { prefix: ".attachment-x-", files: [encode("AAAA")] };
      expect(() => withFiles(`{"bytes":"AA.attachment-x-${rest}"}`, attachments)).toThrow("lost");
    },
  );
});

it("any JSON with long base64 anywhere becomes the bytes of JSON.stringify", () => {
  const long = fc
    .record({
      size: fc.integer({ min: LARGE_RUN - 2, max: LARGE_RUN + 5 }),
      url: fc.boolean(),
      pad: fc.nat(2),
    })
    .map(({ size, url, pad }) => (url ? dataUrl() : "") + base64(size) + "=".repeat(pad));
  const text = fc.oneof(fc.string({ unit: "binary" }), long, fc.constant(dataUrl()), fc.constant(base64()));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, text, fc.double(), fc.constant(null), tie("list"), tie("object")),
    list: fc.array(tie("tree"), { maxLength: 4 }),
    object: fc.dictionary(fc.oneof(fc.string({ unit: "binary" }), fc.constant("__proto__")), tie("tree"), {
      maxKeys: 4,
    }),
  }));
  const body = fc.record({
    files: fc.array(fc.oneof(tree, long), { maxLength: 4 }),
    messages: fc.array(tree),
    more: tree,
  });
  fc.assert(
    fc.property(body, (value) => {
      // Halves of characters are another story, and cannot come in UTF-8 but as escapes.
      const json = JSON.stringify(value)

        .replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, "?");
      expect(roundTrip(json).text).toBe(JSON.stringify(JSON.parse(json)));
      // A text that is not looked at must hold none.
      if (!mayHoldRuns(json)) expect(findBase64Runs(encode(json))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
