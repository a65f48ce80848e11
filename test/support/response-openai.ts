import OpenAI7 from "openai";
import {
  zodResponsesFunction as zodResponsesFunction7,
  zodTextFormat as zodTextFormat7,
} from "openai/helpers/zod";
import OpenAI6 from "openai6";
import {
  zodResponsesFunction as zodResponsesFunction6,
  zodTextFormat as zodTextFormat6,
} from "openai6/helpers/zod";

import { readingText } from "../../integrations/openai/reading-text.ts";

type Responses = OpenAI7["responses"];
type Body = OpenAI7.Responses.ResponseCreateParamsNonStreaming;
export type Answer = OpenAI7.Responses.Response;
type FunctionCall = OpenAI7.Responses.ResponseFunctionToolCall;
export type InputItem = OpenAI7.Responses.ResponseInputItem;

const openai7 = {
  OpenAI: OpenAI7,
  zodResponsesFunction: zodResponsesFunction7,
  zodTextFormat: zodTextFormat7,
};
// One test for both: where the two differ in types, 7 speaks for them.
const openai6 = {
  OpenAI: OpenAI6 as unknown as typeof OpenAI7,
  zodResponsesFunction: zodResponsesFunction6 as unknown as typeof zodResponsesFunction7,
  zodTextFormat: zodTextFormat6 as unknown as typeof zodTextFormat7,
};

/** The official clients, and how each reaches the house. */
export const CLIENTS = [
  { client: "openai 7", reach: "in process", ...openai7 },
  { client: "openai 7", reach: "over HTTP", ...openai7 },
  { client: "openai 6", reach: "in process", ...openai6 },
  { client: "openai 7", reach: "as text", ...openai7, OpenAI: readingText(openai7.OpenAI) },
  { client: "openai 6", reach: "as text", ...openai6, OpenAI: readingText(openai6.OpenAI) },
];

/** A response, asked for whole or folded by the client's own helper. */
export const WAYS: [string, (responses: Responses, body: Body) => Promise<Answer>][] = [
  ["create()", (responses, body) => responses.create(body)],
  ["stream()", (responses, body) => responses.stream({ ...body, stream: true }).finalResponse()],
];

export const WEATHER = {
  type: "function" as const,
  name: "get_weather",
  description: "The weather of a city",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
  strict: true,
};
export const TIME = {
  type: "function" as const,
  name: "get_time",
  description: "The hour",
  parameters: { type: "object", properties: {}, additionalProperties: false },
  strict: false,
};

export const callsOf = ({ output }: Answer): FunctionCall[] =>
  output.filter((item) => item.type === "function_call");
export const answerTo = ({ call_id, name }: FunctionCall): InputItem => ({
  type: "function_call_output",
  call_id,
  output: name === "get_time" ? "noon" : "3 degrees",
});

const message = (role: "user" | "assistant", content: string) => ({
  type: "message" as const,
  role,
  content,
});
export const user = (text: string) => message("user", text);
export const assistant = (text: string) => message("assistant", text);
