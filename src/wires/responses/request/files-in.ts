import { fileOf, itemsOf, memberOf } from "../../request/files-in.ts";

const RESULTS: ReadonlySet<unknown> = new Set(["function_call_output", "custom_tool_call_output"]);

/** The texts of a request's body, not yet validated, that parts.ts makes files of; no others. */
export const filesIn = (body: unknown): string[] =>
  itemsOf(memberOf(body, "input"))
    .flatMap(partsOf)
    .map(fileIn)
    .filter((text) => typeof text === "string");

function partsOf(item: unknown): unknown[] {
  if (memberOf(item, "role") === "user") return itemsOf(memberOf(item, "content"));
  return RESULTS.has(memberOf(item, "type")) ? itemsOf(memberOf(item, "output")) : [];
}

function fileIn(part: unknown): unknown {
  switch (memberOf(part, "type")) {
    case "input_image":
      return memberOf(part, "image_url");
    case "input_file":
      return memberOf(part, "file_data");
    default:
      return fileOf(part);
  }
}
