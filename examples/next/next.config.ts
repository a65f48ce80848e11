import type { NextConfig } from "next";

const config: NextConfig = {
  // Left to Node: the AWS SDK is not bundled into the route.
  serverExternalPackages: ["bedrock-openai"],
  devIndicators: false,
};

export default config;
