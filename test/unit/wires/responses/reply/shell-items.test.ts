import { describe, expect, it } from "vitest";
import { shellItem } from "../../../../../src/wires/responses/reply/shell-items.ts";

describe("a call of a tool for which a function stands in", () => {
  it("is told in the members of OpenAI's item", () => {
    const shell = {
      command: ["ls", "-l"],
      timeout_ms: 1_000,
      working_directory: "/tmp",
      env: { A: 1 },
      user: "me",
    };
    expect(shellItem("local_shell", JSON.stringify(shell))).toEqual({
      type: "local_shell_call",
      action: {
        type: "exec",
        command: ["ls", "-l"],
        timeout_ms: 1_000,
        working_directory: "/tmp",
        env: { A: "1" },
        user: "me",
      },
    });
    expect(shellItem("shell", '{"commands":["ls"],"max_output_length":9}')).toEqual({
      type: "shell_call",
      action: { commands: ["ls"], timeout_ms: null, max_output_length: 9 },
      environment: null,
    });
    expect(shellItem("apply_patch", '{"type":"delete_file","path":"a","diff":"x"}')).toEqual({
      type: "apply_patch_call",
      operation: { type: "delete_file", path: "a" },
    });
  });

  it.each<["local_shell" | "shell" | "apply_patch", string, object]>([
    ["local_shell", '{"command":"ls | wc"}', { action: { command: ["bash", "-lc", "ls | wc"] } }],
    ["shell", '{"command":"ls | wc"}', { action: { commands: ["ls | wc"] } }],
    [
      "apply_patch",
      '{"operation":{"type":"create_file","path":"a"}}',
      { operation: { diff: "", path: "a" } },
    ],
    ["local_shell", '{"command":[1,{}],"timeout_ms":"soon"}', { action: { command: ["1", "{}"] } }],
    ["local_shell", '{"command":["l', { action: { command: [], env: {} } }],
    ["shell", "[]", { action: { commands: [] } }],
    ["apply_patch", '"x"', { operation: { type: "update_file", path: "", diff: "" } }],
  ])("of %s keeps its form whatever the model wrote: %s", (kind, json, told) => {
    expect(shellItem(kind, json)).toMatchObject(told);
  });
});
