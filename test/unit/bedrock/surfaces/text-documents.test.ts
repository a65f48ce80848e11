import { expect, it } from "vitest";
import { withTextDocuments } from "../../../../src/bedrock/surfaces/text-documents.ts";
import { NO_ATTACHMENTS, toToken } from "../../../../src/http/attachments.ts";
import type { DocumentBlock, DocumentFormat } from "../../../../src/conversation/types.ts";
import { document, result, says, user } from "../../../support/conversations.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const file = (format: DocumentFormat, bytes: string): { document: DocumentBlock } => ({
  document: { name: "d", format, source: { bytes } },
});

it.each(["txt", "md", "csv", "html"] as const)("a document that is text comes as text: %s", (format) => {
  const told = withTextDocuments(says(user("q", file(format, base64("Grüße 👋")))), NO_ATTACHMENTS);
  expect(told.messages[0]!.content).toEqual([
    { text: "q" },
    { document: { name: "d", format, source: { text: "Grüße 👋" } } },
  ]);
});

it("also in the result of a tool", () => {
  const conversation = says(user(result("t1", "see", file("txt", base64("a")))));
  expect(
    withTextDocuments(conversation, NO_ATTACHMENTS).messages[0]!.content[0]!.toolResult!.content,
  ).toEqual([{ text: "see" }, { document: { name: "d", format: "txt", source: { text: "a" } } }]);
});

it("also where its bytes stayed outside the conversation", () => {
  const text = "a long text ".repeat(9);
  const encoded = base64(text);
  const attachments = { prefix: ".attachment-x-", files: [Buffer.from(encoded.slice(0, -4))] };
  const bytes = toToken(attachments.prefix, 0) + encoded.slice(-4);
  const told = withTextDocuments(says(user(file("txt", bytes))), attachments);
  expect(told.messages[0]!.content[0]!.document!.source).toEqual({ text });
});

it("other files stay as they are, and what is given is never touched", () => {
  const conversation = says(
    user(document("d", "pdf"), file("csv", base64("a")), { document: { name: "d", source: { text: "t" } } }),
  );
  const before = structuredClone(conversation);
  const [pdf, , text] = withTextDocuments(conversation, NO_ATTACHMENTS).messages[0]!.content;
  expect([pdf, text]).toEqual([before.messages[0]!.content[0], before.messages[0]!.content[2]]);
  expect(conversation).toEqual(before);
});
