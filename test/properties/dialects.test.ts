import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lessonOf } from "../../src/bedrock/learning/lessons.ts";
import type { Target } from "../../src/bedrock/models/target.ts";
import { invokeHeaders } from "../../src/bedrock/surfaces/invoke-headers.ts";
import { withTextDocuments } from "../../src/bedrock/surfaces/text-documents.ts";
import { fit } from "../../src/conversation/fit.ts";
import { foreignFields } from "../../src/conversation/foreign-fields.ts";
import type { Traits } from "../../src/conversation/traits.ts";
import type { Conversation, JsonObject } from "../../src/conversation/types.ts";
import { DIALECTS } from "../../src/dialects/dialects.ts";
import { BedrockOpenAIError } from "../../src/errors.ts";
import { NO_ATTACHMENTS } from "../../src/http/attachments.ts";
import { Account } from "../../src/testing/account.ts";
import { resolveInvokedModel } from "../../src/testing/catalogue/model-id.ts";
import { type NativeRequest, readNativeRequest } from "../../src/testing/invoke/native-request.ts";
import { readRequestHeaders } from "../../src/testing/invoke/request-headers.ts";
import { ask, user } from "../contract/dialects.ts";
import { DIALECT_MODELS, DIALECT_ROWS, targetOf } from "../contract/dialects-table.ts";
import { anyConversation } from "../support/any-conversation.ts";
import { type House, openHouse } from "../support/bedrock.ts";
import { video } from "../support/conversations.ts";

/** What the fitting knows how to say or to leave out; everything else goes to the model unread. */
const FITTED = new Set(["top_k", "seed", "frequency_penalty", "presence_penalty"]);

interface Letter {
  conversation: Conversation;
  body: JsonObject;
}

/** As a request is prepared for InvokeModel. Undefined where the caller is told that it cannot be done. */
function tryWrite(
  input: Conversation,
  { dialect }: Target,
  traits: Traits,
  stream: boolean,
): Letter | undefined {
  const foreign = Object.keys(input.additionalModelRequestFields ?? {}).filter((name) => !FITTED.has(name));
  const known = foreignFields(input, new Set(foreign), traits.nativeFields);
  try {
    const { conversation } = fit(known.conversation, traits);
    return { conversation, body: dialect!.toBody(withTextDocuments(conversation, NO_ATTACHMENTS), stream) };
  } catch (thrown) {
    if (BedrockOpenAIError.isInstance(thrown) && thrown.status === 400) return undefined;
    throw thrown;
  }
}

/** Refuses as AWS does: the headers, the body's schema, and the rules of the model. */
function emulatorReads({ conversation, body }: Letter, { modelId }: Target, stream: boolean): NativeRequest {
  const sent = JSON.parse(JSON.stringify(body)) as JsonObject;
  const headers = readRequestHeaders({
    account: new Account("us-east-1", 0),
    modelId,
    query: {},
    headers: invokeHeaders(conversation),
    requestId: "r",
    body: sent,
    bodyBytes: 0,
  });
  return readNativeRequest(sent, resolveInvokedModel(modelId), stream, headers);
}

/** More refusals than this nobody waits for. */
const MAX_LESSONS = 4;

/** Refusals that say all there is to say of a caller's own wish. */
const CLEAR = /^At most 3 image\(s\) may be provided|#\/top_k: 0 is not greater or equal to 1/;

/** Learns from refusals, as a handler does. Undefined where the caller is told that it cannot be done. */
function accepted(
  input: Conversation,
  target: Target,
  stream: boolean,
  { traits, lessons = 0 }: { traits: Traits; lessons?: number } = target,
): NativeRequest | undefined {
  const letter = tryWrite(input, target, traits, stream);
  if (!letter) return undefined;
  try {
    return emulatorReads(letter, target, stream);
  } catch (refusal) {
    const { message } = refusal as Error;
    if (CLEAR.test(message)) return undefined;
    const lesson = lessonOf(message, traits, letter.conversation);
    if (!lesson || lessons === MAX_LESSONS) throw refusal;
    return accepted(input, target, stream, { traits: { ...traits, ...lesson.traits }, lessons: lessons + 1 });
  }
}

/** Questions about a video need one, and only one. */
const withVideo = (conversation: Conversation): Conversation => ({
  ...conversation,
  messages: [
    ...conversation.messages.map((message) => ({
      ...message,
      content: message.content.filter((block) => !block.video),
    })),
    { role: "user", content: [{ text: "What happens?" }, video()] },
  ],
});

/** Of several unknown keys the schema validator names none, so nobody could learn of them. */
const withOneForeign = (conversation: Conversation): Conversation => {
  const { additionalModelRequestFields: fields, ...rest } = conversation;
  if (!fields) return conversation;
  const foreign = Object.keys(fields).find((name) => !FITTED.has(name));
  const kept = Object.entries(fields).filter(([name]) => FITTED.has(name) || name === foreign);
  return { ...rest, additionalModelRequestFields: Object.fromEntries(kept) };
};

/** No wire writes them, and no pass looks for them. */
const withoutGuardedImages = (conversation: Conversation): Conversation => ({
  ...conversation,
  messages: conversation.messages.map(({ role, content }) => ({
    role,
    content: content.filter((block) => !block.guardContent?.image),
  })),
});

const conversationFor = ({ dialect, traits }: Target): fc.Arbitrary<Conversation> =>
  anyConversation
    .map(withOneForeign)
    .map((each) => (traits.images ? each : withoutGuardedImages(each)))
    .map((each) => (dialect!.name === "pegasus" ? withVideo(each) : each));

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== "object" || value === null) return value;
  for (const child of Object.values(Object.freeze(value))) deepFreeze(child);
  return value;
};

it("no dialect goes untested", () => {
  const tested = new Set(DIALECT_MODELS.map((model) => targetOf(model).dialect));
  const missing = DIALECTS.filter(([, dialect]) => !tested.has(dialect)).map(([pattern]) => String(pattern));
  // InvokeModel serves none of these: their dialect is spoken on the native endpoints.
  expect(missing).toEqual(["/^openai\\.gpt-5\\.6/", "/^openai\\./"]);
});

describe.each(DIALECT_MODELS)("any conversation, for %s", (model) => {
  const target = targetOf(model);

  it("is a body that InvokeModel accepts, whole and streamed, and a prompt that keeps to its template", () => {
    let written = 0;
    fc.assert(
      fc.property(conversationFor(target), (input) => {
        for (const stream of target.traits.streaming ? [false, true] : [false]) {
          const read = accepted(input, target, stream);
          if (!read) continue;
          written += 1;
          expect(read.broken).toBeUndefined();
        }
      }),
      { numRuns: 400 },
    );
    expect(written).toBeGreaterThan(0);
  });

  it("is the same body every time, and is not touched by it", () => {
    fc.assert(
      fc.property(conversationFor(target), fc.boolean(), (input, stream) => {
        const before = structuredClone(input);
        const first = tryWrite(deepFreeze(structuredClone(input)), target, target.traits, stream);
        const again = tryWrite(input, target, target.traits, stream);
        expect(JSON.stringify(again?.body)).toBe(JSON.stringify(first?.body));
        expect(input).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a stream folds to the whole answer, wherever its bytes are torn", () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.bedrock.close());

  /** Words, and what comes near to what is taken out of answers. */
  const words = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          " ",
          "\n",
          "<think>",
          "</think>",
          "</thi",
          "<reasoning>",
          "</s>",
          "<|eot_id|>",
          "🙂",
          "ä",
        ),
        fc.constantFrom("<|im_end|>", "<｜end▁of▁sentence｜>", "\n\nHuman:", "data: [DONE]", '{"error":1}'),
        fc.string({ unit: "grapheme", maxLength: 8 }),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join(""));
  const call = fc.record({
    toolUseId: fc.constantFrom("tooluse_a", "abcdefghi"),
    name: fc.constant("f"),
    input: fc.dictionary(fc.constantFrom("a", "ü"), fc.oneof(words, fc.integer(), fc.constant(null))),
  });
  const answer = fc.record({
    thought: fc.option(words, { nil: undefined }),
    text: words,
    calls: fc.array(call, { maxLength: 2 }),
    stopReason: fc.constantFrom("end_turn", "max_tokens", "stop_sequence"),
    splitBytes: fc.integer({ min: 1, max: 300 }),
  });

  it.each(DIALECT_ROWS)("of $model", async ({ model, tools, thinks, counts }) => {
    const offer = { tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }] };
    const request = { model, messages: [user("Hi", model)], ...(tools && offer) };
    await fc.assert(
      fc.asyncProperty(answer, async ({ thought, text, calls, stopReason, splitBytes }) => {
        const uses = tools ? calls.map((toolUse) => ({ toolUse })) : [];
        const content = [
          ...(thinks && thought ? [{ reasoningContent: { reasoningText: { text: thought } } }] : []),
          ...(text === "" ? [] : [{ text }]),
          ...uses,
        ];
        const reply = { content, splitBytes, ...(uses.length === 0 && { stopReason }) };
        house.bedrock.enqueue(reply, reply);
        const whole = await ask(house.handler, request);
        const streamed = await ask(house.handler, request, { stream: true });
        expect([whole.status, streamed.status]).toEqual([200, 200]);
        expect(streamed.answer.choices).toEqual(whole.answer.choices);
        if (counts !== "nobody") expect(streamed.answer.usage).toEqual(whole.answer.usage);
      }),
      { numRuns: 25 },
    );
  });
});
