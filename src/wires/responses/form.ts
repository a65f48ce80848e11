/** What a tool that the model is offered is to the caller. */
export interface OfferedTool {
  /** How its calls are told. */
  kind: "function" | "custom" | "local_shell" | "shell" | "apply_patch";
  /** The caller's name of it. */
  name: string;
  /** Of tools that were offered in one. */
  namespace?: string;
}

/** By the name that the model calls it by. Who is not among them is a function. */
export type OfferedTools = ReadonlyMap<string, OfferedTool>;

/** What of the answer's form depends on how the caller asked. */
export interface ResponseForm {
  tools: OfferedTools;
}
