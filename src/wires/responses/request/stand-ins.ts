import type { FunctionTool } from "../../../openai/chat-tools.ts";
import type { OfferedTool } from "../form.ts";

type Spec = Omit<FunctionTool["function"], "name">;

const texts = (description: string): object => ({ type: "array", items: { type: "string" }, description });
const text = (description: string): object => ({ type: "string", description });
const whole = (description: string): object => ({ type: "integer", description });

/**
 * The functions that stand in for tools which OpenAI's models know and callers run. Their arguments are the members of the item
 * that OpenAI tells such a call in. Source: OpenAI API reference, the items `local_shell_call`, `shell_call`, `apply_patch_call`.
 */
export const STAND_INS: Readonly<Partial<Record<OfferedTool["kind"], Spec>>> = {
  local_shell: {
    description: "Runs a command on the user's machine and returns what it printed.",
    parameters: {
      type: "object",
      properties: {
        command: texts("The command and its arguments, one by one, not passed through a shell."),
        timeout_ms: whole("How many milliseconds the command may take."),
        working_directory: text("Where to run the command."),
        env: {
          type: "object",
          additionalProperties: { type: "string" },
          description: "Environment variables to set.",
        },
        user: text("The user to run the command as."),
      },
      required: ["command"],
    },
  },
  shell: {
    description:
      "Runs shell commands on the user's machine, in order, and returns what each of them printed.",
    parameters: {
      type: "object",
      properties: {
        commands: texts("The commands, each a line for a shell."),
        timeout_ms: whole("How many milliseconds the commands may take."),
        max_output_length: whole("How many characters of output to return at most."),
      },
      required: ["commands"],
    },
  },
  apply_patch: {
    description: "Creates, changes or deletes one file of the user's.",
    parameters: {
      type: "object",
      properties: {
        type: { type: "string", enum: ["create_file", "update_file", "delete_file"] },
        path: text("The path of the file."),
        diff: text(
          "What to write, as a diff in the V4A format: lines that stay begin with a space, lines that go with '-', lines " +
            "that come with '+', and '@@' begins a section. All lines of a new file begin with '+'. A file that is deleted has none.",
        ),
      },
      required: ["type", "path"],
    },
  },
};
