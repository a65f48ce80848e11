import { expect, it } from "vitest";
import { AnswerReader } from "../../../../../src/bedrock/transport/http1/answer-reader.ts";

// Its end would be waited for as long as the caller has patience: nothing more comes.
it.each(["HTTP/1.1 200 OK\ncontent-length: 2\n\nok", "HTTP/1.1 200 OK\r\ncontent-length: 2\n\nok"])(
  "a head whose lines end as HTTP has it not is none, and not one that goes on: %j",
  (head) => expect(() => new AnswerReader("POST").push(Buffer.from(head))).toThrow("no HTTP/1.1"),
);

it.each([1, 2, 3, 5])("a head goes on that came in pieces of %i bytes", (size) => {
  const bytes = Buffer.from("HTTP/1.1 200 OK\r\nx-some: thing\r\ncontent-length: 2\r\n\r\nok");
  const reader = new AnswerReader("POST");
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  expect(reader.isOver).toBe(true);
});
