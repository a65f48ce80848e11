import * as fc from "fast-check";
import { EFFORTS } from "../../src/conversation/reasoning/efforts.ts";
import type {
  ContentBlock,
  Conversation,
  GuardContent,
  InferenceConfig,
  JsonObject,
  Message,
  SystemBlock,
  Tool,
  ToolChoice,
  ToolResult,
  ToolResultBlock,
} from "../../src/conversation/types.ts";
import { anySchema } from "./any-schema.ts";
import { audio, document, IMAGES, image, point, S3, textFormat, video, WEB_SEARCH } from "./conversations.ts";

/** Everything a conversation may hold when it comes from a wire: calls are answered, each block has its speaker. */

const text = fc.oneof(
  fc.constantFrom("", " \n", "a ", "b", "b"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const identifier = fc.oneof(
  fc.constantFrom("f", "f.g", "f_g", "call_0", "nova_grounding", "functions.f:0"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 70 }),
);
const said = text.map((value): { text: string } => ({ text: value }));
const cachePoint = fc.constantFrom(point(), point("5m"), point("1h"));
const guarded: fc.Arbitrary<SystemBlock> = fc
  .constantFrom<GuardContent>(
    { text: { text: "g" } },
    { text: { text: "g", qualifiers: ["grounding_source"] } },
  )
  .map((guardContent) => ({ guardContent }));
const guardedImage = fc.constant<ContentBlock>({
  guardContent: { image: { format: "png" as const, source: { bytes: IMAGES.png } } },
});

const documentName = fc.oneof(
  fc.constantFrom("report", "report", "report (2)", "Q3_results.v2", "  ", "Übersicht", "x".repeat(300)),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const anyDocument = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(documentName, fc.constantFrom("pdf" as const, "txt" as const, "csv" as const))
      .map(([name, format]) => document(name, format)),
  },
  { weight: 1, arbitrary: documentName.map((name) => document(name, "pdf", S3)) },
  {
    weight: 1,
    arbitrary: documentName.map((name) => ({
      document: { ...document(name, "pdf").document, citations: { enabled: true }, context: "c" },
    })),
  },
  {
    weight: 1,
    arbitrary: documentName.map((name) => ({
      document: { name, source: { text: "hi" }, citations: { enabled: true } },
    })),
  },
);
const anyImage = fc.constantFrom(image(), image("jpeg"), image("gif"), image("webp"), image("png", S3));
const anyVideo = fc.constantFrom(video(), video(), video(S3));
const anyAudio = fc.constantFrom(audio(), audio(), audio(S3));
const searchResult = fc.constant<ContentBlock>({
  searchResult: { source: "s", title: "t", content: [{ text: "c" }], citations: { enabled: false } },
});

const userContent: fc.Arbitrary<ContentBlock[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: said },
    { weight: 8, arbitrary: cachePoint },
    { weight: 2, arbitrary: anyImage },
    { weight: 2, arbitrary: anyDocument },
    { weight: 1, arbitrary: anyVideo },
    { weight: 1, arbitrary: anyAudio },
    { weight: 2, arbitrary: guarded },
    { weight: 1, arbitrary: guardedImage },
    { weight: 1, arbitrary: searchResult },
  ),
  { maxLength: 3 },
);

const reasoning: fc.Arbitrary<ContentBlock> = fc
  .constantFrom<NonNullable<ContentBlock["reasoningContent"]>>(
    { reasoningText: { text: "signed", signature: "c2ln" } },
    { reasoningText: { text: "", signature: "c2ln" } },
    { reasoningText: { text: "unsigned" } },
    { reasoningText: { text: "forgotten", signature: "" } },
    { redactedContent: "AAAA" },
  )
  .map((reasoningContent) => ({ reasoningContent }));
const cited = fc.constant<ContentBlock>({
  citationsContent: {
    content: [{ text: "c" }],
    citations: [{ title: "t", location: { web: { url: "u" } } }],
  },
});
const assistantContent: fc.Arbitrary<ContentBlock[]> = fc
  .tuple(
    fc.array(reasoning, { maxLength: 2 }),
    fc.array(
      fc.oneof(
        { weight: 10, arbitrary: said },
        { weight: 4, arbitrary: cachePoint },
        { weight: 1, arbitrary: cited },
      ),
      { maxLength: 2 },
    ),
  )
  .map((parts) => parts.flat());

const instructions: fc.Arbitrary<SystemBlock[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: said },
    { weight: 4, arbitrary: cachePoint },
    { weight: 1, arbitrary: guarded },
  ),
  { maxLength: 3 },
);

const turn = (role: Message["role"], content: fc.Arbitrary<ContentBlock[]>): fc.Arbitrary<Message[]> =>
  content.map((each) => [{ role, content: each }]);
const systemTurn = turn("system", instructions as fc.Arbitrary<ContentBlock[]>);

const resultContent: fc.Arbitrary<ToolResultBlock[]> = fc.array(
  fc.oneof(
    { weight: 16, arbitrary: said as fc.Arbitrary<ToolResultBlock> },
    { weight: 2, arbitrary: fc.constantFrom<unknown>({ a: 1 }, [], "x").map((json) => ({ json })) },
    { weight: 2, arbitrary: anyImage },
    { weight: 2, arbitrary: anyDocument },
    { weight: 1, arbitrary: anyVideo },
    { weight: 1, arbitrary: searchResult as fc.Arbitrary<ToolResultBlock> },
  ),
  { maxLength: 3 },
);
const answer: fc.Arbitrary<Omit<ToolResult, "toolUseId">> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ content: resultContent }) },
  {
    weight: 1,
    arbitrary: fc.record({ content: resultContent, status: fc.constantFrom("success", "error") }),
  },
);
const input = fc.dictionary(
  fc.constantFrom("a", "b"),
  fc.constantFrom<unknown>(1, "x", null, [], { c: true }),
  {
    maxKeys: 2,
  },
) as fc.Arbitrary<JsonObject>;

/** Calls, the same id now and then twice, and their results: together or apart, with instructions between them. */
const round: fc.Arbitrary<Message[]> = fc
  .record({
    before: assistantContent,
    calls: fc.array(fc.record({ id: identifier, name: identifier, input, answer, point: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
    }),
    together: fc.boolean(),
    between: fc.oneof(
      { weight: 4, arbitrary: fc.constant<Message[]>([]) },
      { weight: 1, arbitrary: systemTurn },
    ),
    marks: fc.boolean(),
  })
  .map(({ before, calls, together, between, marks }) => {
    const uses = calls.flatMap(({ id, name, input, point: marked }): ContentBlock[] => [
      { toolUse: { toolUseId: id, name, input } },
      ...(marks && marked ? [point()] : []),
    ]);
    const results = calls.map(({ id, answer: given, point: marked }): ContentBlock[] => [
      { toolResult: { toolUseId: id, ...given } },
      ...(marks && !marked ? [point()] : []),
    ]);
    const answers: Message[] = (together ? [results.flat()] : results).map((content) => ({
      role: "user",
      content,
    }));
    return [{ role: "assistant", content: [...before, ...uses] }, ...between, ...answers];
  });

const messages = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: turn("user", userContent) },
      { weight: 3, arbitrary: turn("assistant", assistantContent) },
      { weight: 2, arbitrary: systemTurn },
      { weight: 4, arbitrary: round },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.flat());

const toolSpec: fc.Arbitrary<Tool> = fc
  .record({ name: identifier, schema: anySchema, strict: fc.boolean(), described: fc.boolean() })
  .map(({ name, schema, strict, described }) => ({
    toolSpec: {
      name,
      ...(described && { description: "d" }),
      inputSchema: { json: { ...schema, type: "object" } },
      ...(strict && { strict }),
    },
  }));
const tools: fc.Arbitrary<Tool[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: toolSpec }, { weight: 1, arbitrary: cachePoint }), {
      maxLength: 3,
    }),
    toolSpec,
    fc.array(cachePoint, { maxLength: 1 }),
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<Tool[]>([]) },
      { weight: 1, arbitrary: fc.constant([WEB_SEARCH]) },
    ),
  )
  .map(([some, one, marked, searched]) => [...some, one, ...marked, ...searched]);
const toolConfig = tools.chain((offered) => {
  const names = offered.flatMap(({ toolSpec: spec }) => spec?.name ?? []);
  const choices: ToolChoice[] = [{ auto: {} }, { any: {} }, ...names.map((name) => ({ tool: { name } }))];
  return fc.record(
    { tools: fc.constant(offered), toolChoice: fc.constantFrom(...choices) },
    { requiredKeys: ["tools"] },
  );
});

const anyEffort = fc.constantFrom(...EFFORTS);
const thinking: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant("enabled"), budget_tokens: fc.integer({ min: 1, max: 140_000 }) }),
  fc.constantFrom<JsonObject>(
    { type: "enabled" },
    { type: "enabled", budget_tokens: 2048, display: "omitted" },
    { type: "disabled" },
    { type: "adaptive" },
    { type: "adaptive", display: "omitted" },
    { type: "between_tools" },
  ),
);

/** Native fields that one family or another is known to have. What no table knows, AWS's refusal teaches. */
const nativeFields = fc.record(
  {
    top_k: fc.nat(100),
    seed: fc.nat(),
    frequency_penalty: fc.constant(0.5),
    presence_penalty: fc.constant(0.5),
    thinking,
    output_config: fc.record({ effort: anyEffort }),
    tool_choice: fc.constant({ type: "auto", disable_parallel_tool_use: true }),
    anthropic_beta: fc.constant(["context-1m-2025-08-07"]),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

const sampling = fc.record(
  {
    maxTokens: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 200_000 })),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topP: fc.double({ min: 0, max: 1, noNaN: true }),
    stopSequences: fc.array(fc.constantFrom("END", "\nHuman:"), { maxLength: 2 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<InferenceConfig>;

const guardrailConfig = fc.constant({ guardrailIdentifier: "abc", guardrailVersion: "1", trace: "enabled" });

export const anyConversation: fc.Arbitrary<Conversation> = fc.record(
  {
    messages,
    system: instructions,
    inferenceConfig: sampling,
    toolConfig,
    outputConfig: fc.record(
      {
        textFormat: fc.tuple(anySchema, identifier).map(([schema, name]) => textFormat(schema, name, "d")),
        effort: anyEffort,
      },
      { requiredKeys: [] },
    ),
    guardrailConfig,
    additionalModelRequestFields: nativeFields,
    additionalModelResponseFieldPaths: fc.constant(["/stop_details"]),
    requestMetadata: fc.constant({ team: "a" }),
    performanceConfig: fc.constant({ latency: "standard" }),
    serviceTier: fc.constantFrom("priority", "default", "flex", "reserved").map((type) => ({ type })),
  },
  { requiredKeys: ["messages"] },
) as fc.Arbitrary<Conversation>;
