import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLAUDE, type House, NOVA, openHouse } from "../../support/bedrock.ts";
import { REASONED, sent, toolNames } from "../../support/clients.ts";
import { GPT, type Reach, REACHES, resultsSent } from "../../support/response-clients.ts";
import { checkResponseEvents, eventsOf, type ToldEvent } from "../../support/response-events.ts";

/** A request as the Codex CLI writes it, tools and all. Source: openai-contract §E5. */
const request = (model: string, input: object[]): object => ({
  model,
  instructions: "You are Codex, based on GPT-5. You are running as a coding agent in the Codex CLI.",
  input: [
    {
      type: "message",
      role: "developer",
      content: [{ type: "input_text", text: "<permissions>The sandbox is read-only.</permissions>" }],
    },
    {
      type: "message",
      role: "user",
      content: [{ type: "input_text", text: "<environment_context><cwd>/repo</cwd></environment_context>" }],
    },
    { type: "message", role: "user", content: [{ type: "input_text", text: "Tidy up." }] },
    ...input,
  ],
  tools: [
    {
      type: "function",
      name: "exec_command",
      description: "Runs a command in a PTY, returning output or a session ID for ongoing interaction.",
      strict: false,
      parameters: {
        type: "object",
        properties: { cmd: { type: "string" }, yield_time_ms: { type: "number" } },
        required: ["cmd"],
        additionalProperties: false,
      },
    },
    { type: "local_shell" },
    {
      type: "custom",
      name: "apply_patch",
      description: "Use the `apply_patch` tool to edit files. This is a FREEFORM tool.",
      format: {
        type: "grammar",
        syntax: "lark",
        definition: 'start: begin_patch hunk+ end_patch\nbegin_patch: "*** Begin Patch" LF\n',
      },
    },
    {
      type: "namespace",
      name: "mcp__db__",
      description: "Tools in the mcp__db__ namespace.",
      tools: [
        {
          type: "function",
          name: "query",
          description: "Asks the database",
          strict: false,
          defer_loading: true,
          parameters: { type: "object", properties: { sql: { type: "string" } } },
        },
      ],
    },
    { type: "web_search", external_web_access: false },
    {
      type: "tool_search",
      execution: "client",
      description: "Searches tools",
      parameters: { type: "object" },
    },
  ],
  tool_choice: "auto",
  parallel_tool_calls: true,
  reasoning: { effort: "medium", summary: "auto" },
  store: false,
  stream: true,
  include: ["reasoning.encrypted_content"],
  service_tier: "priority",
  prompt_cache_key: "019a2f4e-0000-7000-8000-000000000000",
  text: { verbosity: "low" },
  client_metadata: { "x-codex-installation-id": "019a2f4e" },
});

const PATCH = "*** Begin Patch\n*** Add File: a.txt\n+a\n*** End Patch\n";

/** A call of each kind of tool. */
const calls = (names: string[]) =>
  [
    [names[0]!, { cmd: "ls" }],
    ["local_shell", { command: ["ls", "-l"], timeout_ms: 1000 }],
    ["apply_patch", { input: PATCH }],
    [names.find((name) => name.includes("query"))!, { sql: "SELECT 1" }],
  ].map(([name, input], index) => ({
    toolUse: { toolUseId: `tooluse_${index}`, name: name as string, input: input as Record<string, unknown> },
  }));

describe.each(Object.keys(REACHES))("Codex %s", (reach) => {
  let house: House;
  let reached: Reach;
  beforeEach(async () => {
    house = await openHouse();
    reached = await REACHES[reach]!(house.handler);
  });
  afterEach(async () => {
    await reached.close();
    await house.bedrock.close();
    await reached.settled();
  });

  const ask = async (body: object): Promise<{ response: Response; events: ToldEvent[] }> => {
    const response = await reached.fetch(`${reached.baseURL}/responses`, {
      method: "POST",
      headers: {
        authorization: "Bearer bedrock",
        "content-type": "application/json",
        accept: "text/event-stream",
        originator: "codex_cli_rs",
        "user-agent": "codex_cli_rs/0.99.0 (Debian 13.0.0; x86_64) xterm",
        session_id: "019a2f4e-0000-7000-8000-000000000000",
      },
      body: Buffer.from(JSON.stringify(body)),
    });
    return { response, events: response.ok ? eventsOf(await response.clone().text()) : [] };
  };

  it.each([CLAUDE, NOVA, GPT])(
    "runs tools of all of its kinds with %s, and reads what became of them",
    async (model) => {
      await ask(request(model, []));
      const thought = model === CLAUDE ? [REASONED.content[0]!] : [];
      house.bedrock.enqueue({ content: [...thought, { text: "Let me see." }, ...calls(toolNames(house))] });
      const { response, events } = await ask(request(model, []));
      const { output, usage } = checkResponseEvents(events);
      const told = events.flatMap(({ type, item }) => (type === "response.output_item.done" ? [item] : []));
      expect(told).toEqual(output);
      expect(told.filter(({ type }) => type !== "reasoning")).toMatchObject([
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "Let me see." }] },
        { type: "function_call", call_id: "tooluse_0", name: "exec_command", arguments: '{"cmd":"ls"}' },
        {
          type: "local_shell_call",
          call_id: "tooluse_1",
          status: "completed",
          action: { type: "exec", command: ["ls", "-l"], timeout_ms: 1000 },
        },
        { type: "custom_tool_call", call_id: "tooluse_2", name: "apply_patch", input: PATCH },
        { type: "function_call", call_id: "tooluse_3", name: "query", namespace: "mcp__db__" },
      ]);
      expect(usage).toMatchObject({
        input_tokens: expect.any(Number) as unknown,
        output_tokens: expect.any(Number) as unknown,
        total_tokens: expect.any(Number) as unknown,
      });
      for (const dropped of ["web_search", "tool_search"])
        expect(response.headers.get("x-bedrock-adjustments")).toContain(dropped);

      const history = [
        ...told,
        { type: "function_call_output", call_id: "tooluse_0", output: "a.txt" },
        { type: "function_call_output", call_id: "tooluse_1", output: "total 0" },
        { type: "custom_tool_call_output", call_id: "tooluse_2", output: "Success." },
        { type: "function_call_output", call_id: "tooluse_3", output: [{ type: "input_text", text: "one" }] },
      ];
      const final = checkResponseEvents((await ask(request(model, history))).events);
      expect(resultsSent(house)).toEqual(["a.txt", "total 0", "Success.", "one"]);
      expect(final.status).toBe("completed");
      if (model !== CLAUDE) return;
      const [before] = sent(house).messages.at(-2)!.content;
      expect(before!.reasoningContent!.reasoningText).toEqual(
        REASONED.content[0]!.reasoningContent!.reasoningText,
      );
    },
  );

  it("hears of a failure by the code that decides what it does next", async () => {
    const tooLong = { name: "ValidationException", message: "Input is too long for requested model." };
    house.bedrock.enqueue({ error: tooLong });
    const { response } = await ask(request(CLAUDE, []));
    expect(await response.json()).toMatchObject({ error: { code: "context_length_exceeded" } });
    const type = "throttlingException";
    house.bedrock.enqueue({
      content: [{ text: "one two three" }],
      fault: { kind: "exception", afterEvents: 3, type, message: "slow" },
    });
    const { events } = await ask(request(CLAUDE, []));
    expect(events.at(-1)).toMatchObject({
      type: "response.failed",
      response: { error: { code: "rate_limit_exceeded" } },
    });
  });
});
