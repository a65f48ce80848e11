import type { Row } from "./error-table.ts";
import { shortName } from "./model-not-found.ts";

export const noRegion: Row = {
  status: 500,
  type: "server_error",
  code: "aws_region_missing",
  retry: false,
  message: () => "No AWS region is configured. Set the `region` option or AWS_REGION.",
};

const NAMED_REGION = /region="([^"]*)/;

/** The SDK puts it into the name of a host. */
export const badRegion: Row = {
  status: 500,
  type: "server_error",
  code: "aws_region_invalid",
  retry: false,
  message: (_, detail) => {
    const [, region = ""] = NAMED_REGION.exec(detail) ?? [];
    // As JSON has it: what is wrong with it may not be seen, such as the end of a line.
    return `The AWS region of this server is none: ${JSON.stringify(shortName(region))}. Check the \`region\` option, AWS_REGION and the AWS profile.`;
  },
};
