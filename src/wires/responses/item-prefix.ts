const PREFIXES: Readonly<Record<string, string>> = {
  message: "msg_",
  reasoning: "rs_",
  function_call: "fc_",
  function_call_output: "fco_",
  custom_tool_call: "ctc_",
  custom_tool_call_output: "ctco_",
  local_shell_call: "lsh_",
  shell_call: "sh_",
  apply_patch_call: "apc_",
  compaction: "cmp_",
};

/** How the ids of a kind of items begin, as at OpenAI. */
export const itemPrefix = (type: string): string => PREFIXES[type] ?? "item_";
