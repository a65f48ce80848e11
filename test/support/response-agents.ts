import { Agent, type AgentInputItem, type Runner, type Session, tool } from "@openai/agents";
import * as z from "zod";
import { CLAUDE } from "./bedrock.ts";
import { drained } from "./clients.ts";

type AnyAgent = Agent<unknown, "text">;
type Question = Parameters<Runner["run"]>[1];

interface Options {
  previousResponseId?: string;
  conversationId?: string;
  session?: Session;
}

interface Result {
  finalOutput?: unknown;
  newItems: { type: string }[];
  history: AgentInputItem[];
  lastResponseId: string | undefined;
  state: { usage: { requests: number; inputTokens: number; outputTokens: number; totalTokens: number } };
}

type Run = (runner: Runner, agent: AnyAgent, question: Question, options?: Options) => Promise<Result>;

/** A run, awaited or streamed to its end. */
export const WAYS: [string, Run][] = [
  ["run()", (runner, agent, question, options) => runner.run(agent, question, { ...options, stream: false })],
  [
    "run({ stream: true })",
    async (runner, agent, question, options) => {
      const result = await runner.run(agent, question, { ...options, stream: true });
      await drained(result);
      await result.completed;
      return result;
    },
  ],
];

/** What the tools were asked. A test empties it first. */
export const asked: unknown[] = [];
export const weather = (name = "get_weather") =>
  tool({
    name,
    description: "The weather of a city",
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => (asked.push(city), "3 degrees"),
  });
export const time = tool({
  name: "get_time",
  description: "The hour",
  parameters: z.object({}),
  execute: (args) => (asked.push(args), "noon"),
});

export const guide = (model = CLAUDE, fields: object = {}): AnyAgent =>
  new Agent({ name: "Guide", instructions: "Be brief.", model, tools: [weather(), time], ...fields });
