import { execFileSync } from "node:child_process";
import { devNull } from "node:os";
import { join } from "node:path";
import { pinned } from "../cores.ts";
import type { Ports } from "../load-server.ts";
import { spread, type Spread } from "../statistics.ts";

/** From the start of a fresh process. */
export interface StartFigure {
  title: string;
  /** Milliseconds beyond what an empty process takes. */
  beyondEmpty: Spread;
}

const root = join(import.meta.dirname, "../../..");

const ACCESS = (endpoint: string): string =>
  JSON.stringify({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  });

const EMPTY = "an empty process";

/** What each process does until its clock is read. */
const programs = ({ h1, h2 }: Ports): Record<string, string> => ({
  [EMPTY]: "",
  'import "bedrock-openai"': 'await import("bedrock-openai");',
  "import @aws-sdk/client-bedrock-runtime": 'await import("@aws-sdk/client-bedrock-runtime");',
  "first answer, the SDK with its defaults (B0)": `
    const { BedrockRuntimeClient, ConverseCommand } = await import("@aws-sdk/client-bedrock-runtime");
    const client = new BedrockRuntimeClient(${ACCESS(`http://127.0.0.1:${h2}/short`)});
    const messages = [{ role: "user", content: [{ text: "Hi" }] }];
    const { output } = await client.send(new ConverseCommand({ modelId: "amazon.nova-pro-v1:0", messages }));
    if (!output.message.content[0].text) throw new Error("The answer is empty.");`,
  "first answer, bedrock-openai": `
    const { createBedrockOpenAIHandler } = await import("bedrock-openai");
    const handler = createBedrockOpenAIHandler(${ACCESS(`http://127.0.0.1:${h1}/short`)});
    const body = JSON.stringify({ model: "amazon.nova-pro-v1:0", messages: [{ role: "user", content: "Hi" }] });
    const headers = { "content-type": "application/json" };
    const answer = await handler(new Request("http://x/v1/chat/completions", { method: "POST", headers, body }));
    if (!(await answer.json()).choices[0].message.content) throw new Error("The answer is empty.");`,
});

/** Fresh processes, in turn, `repeats` times each after one that warms the file cache. */
export function measureStart(ports: Ports, repeats: number): StartFigure[] {
  const all = Object.entries(programs(ports));
  const taken = new Map(all.map(([title]) => [title, [] as number[]]));
  for (let repeat = -1; repeat < repeats; repeat += 1)
    for (const [title, program] of all) {
      const milliseconds = run(program);
      if (repeat >= 0) taken.get(title)!.push(milliseconds);
    }
  const empty = spread(taken.get(EMPTY)!).median;
  return all
    .filter(([title]) => title !== EMPTY)
    .map(([title]) => ({ title, beyondEmpty: spread(taken.get(title)!.map((each) => each - empty)) }));
}

function run(program: string): number {
  // The first line that runs is late already: `timeOrigin` is when the process began.
  const source = `${program}\nconsole.log(performance.now()); process.exit(0);`;
  const [command = "", ...rest] = pinned(
    [process.execPath, "--input-type=module", "--eval", source],
    "subject",
  );
  const env = {
    PATH: process.env["PATH"],
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
  return Number(execFileSync(command, rest, { cwd: root, env, encoding: "utf8" }));
}
