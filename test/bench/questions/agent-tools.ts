import type { JsonObject } from "./question.ts";

/** A function as OpenAI's callers offer it. */
export interface AgentTool {
  name: string;
  description: string;
  parameters: JsonObject;
  /** The schema as it must be for Bedrock, where it is not the same one. */
  converseParameters?: JsonObject;
}

const RESOURCES: Record<string, string[]> = {
  invoices: ["draft", "open", "paid", "overdue", "disputed", "void"],
  customers: ["prospect", "active", "paused", "churned"],
  deployments: ["queued", "running", "succeeded", "failed", "rolled_back"],
  incidents: ["triage", "investigating", "mitigated", "resolved"],
  tickets: ["new", "waiting", "answered", "closed"],
  contracts: ["negotiation", "signed", "expired"],
  subscriptions: ["trialing", "active", "past_due", "cancelled"],
  warehouses: ["online", "maintenance", "closed"],
};

const text = (description: string): JsonObject => ({ type: "string", description });
const oneOf = (values: string[], description: string): JsonObject => ({
  type: "string",
  enum: values,
  description,
});
const object = (properties: JsonObject, required: string[]): JsonObject => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const list = (items: JsonObject, description: string): JsonObject => ({ type: "array", items, description });

const page = object(
  {
    size: { type: "integer", minimum: 1, maximum: 200, description: "How many records a page has at most." },
    cursor: text("The cursor that the page before returned; left out for the first page."),
  },
  ["size"],
);

const filter = (statuses: string[]): JsonObject =>
  object(
    {
      status: list(oneOf(statuses, "One status."), "Only records in one of these statuses."),
      created: object(
        {
          from: { type: "string", format: "date-time", description: "The first moment, inclusive." },
          to: { type: "string", format: "date-time", description: "The last moment, exclusive." },
        },
        ["from"],
      ),
      owner: object(
        {
          team: oneOf(["sales", "support", "platform", "finance"], "The team that owns it."),
          email: { type: "string", format: "email", description: "The person who owns it." },
        },
        [],
      ),
    },
    [],
  );

type Action = (resource: string, statuses: string[]) => Omit<AgentTool, "name">;

const ACTIONS: Record<string, Action> = {
  search: (resource, statuses) => ({
    description: `Searches ${resource} by words and by filter. Returns one page, newest first.`,
    parameters: object(
      {
        query: text(`Words to look for in ${resource}.`),
        filter: filter(statuses),
        page,
        sort: oneOf(["created", "updated", "relevance"], "The order of the records."),
      },
      ["query", "page"],
    ),
  }),
  get: (resource) => ({
    description: `Reads one of the ${resource} by its id, with what belongs to it.`,
    parameters: object(
      {
        id: text("The record's id."),
        expand: list(
          oneOf(["owner", "history", "attachments", "related"], "What to expand."),
          "More to read.",
        ),
      },
      ["id"],
    ),
  }),
  create: (resource, statuses) => ({
    description: `Creates one of the ${resource}. Ask the user before you call it.`,
    parameters: object(
      {
        title: text("A short title in the user's language."),
        status: oneOf(statuses, "The status it starts in."),
        details: object(
          {
            body: text("Everything that is known, in Markdown."),
            labels: list(text("A label."), "Up to ten labels."),
            priority: { type: "integer", minimum: 1, maximum: 5 },
            links: list(object({ url: text("Where."), title: text("What.") }, ["url"]), "Sources."),
          },
          ["body"],
        ),
      },
      ["title", "details"],
    ),
  }),
  update: (resource, statuses) => ({
    description: `Changes one of the ${resource}. What is left out stays as it is.`,
    parameters: object(
      {
        id: text("The record's id."),
        changes: object(
          { title: text("A new title."), status: oneOf(statuses, "A new status."), note: text("Why.") },
          [],
        ),
        notify: { type: "boolean", default: true, description: "Whether its owner gets a message." },
      },
      ["id", "changes"],
    ),
  }),
  export: (resource, statuses) => ({
    description: `Exports ${resource} as a file and returns where it can be downloaded.`,
    parameters: object(
      {
        format: oneOf(["csv", "json", "xlsx", "parquet"], "The file's format."),
        filter: filter(statuses),
        columns: list(text("A column's name."), "The columns, in order; all of them without it."),
      },
      ["format"],
    ),
  }),
  summarize: (resource, statuses) => ({
    description: `Counts ${resource} by status and period, for charts.`,
    parameters: object(
      {
        groupBy: list(oneOf(["status", "owner", "day", "month"], "A dimension."), "One or two dimensions."),
        measures: list(oneOf(["count", "sum", "mean", "p95"], "A measure."), "What is computed."),
        filter: filter(statuses),
      },
      ["groupBy", "measures"],
    ),
  }),
};

/** A tree, which only a reference can describe. */
const planTasks: AgentTool = {
  name: "plan_tasks",
  description: "Writes down a plan as a tree of tasks.",
  parameters: {
    type: "object",
    properties: { root: { $ref: "#/$defs/task" } },
    required: ["root"],
    $defs: {
      task: object(
        {
          title: text("What is to be done."),
          state: oneOf(["todo", "doing", "done"], "How far it is."),
          children: list({ $ref: "#/$defs/task" }, "What it consists of."),
        },
        ["title"],
      ),
    },
  },
};

const byId = object({ id: text("The contact's id.") }, ["id"]);
const byAddress = object(
  { email: { type: "string", format: "email" }, channel: oneOf(["email", "chat"], "The way to it.") },
  ["email"],
);

/** A union at the root, which Bedrock refuses: its callers write one object instead. */
const sendMessage: AgentTool = {
  name: "send_message",
  description: "Sends a message to a contact, named by id or by address.",
  parameters: {
    type: "object",
    properties: { message: text("The message's text.") },
    anyOf: [byId, byAddress],
  },
  converseParameters: {
    type: "object",
    properties: {
      message: text("The message's text."),
      ...(byId["properties"] as JsonObject),
      ...(byAddress["properties"] as JsonObject),
    },
  },
};

export const AGENT_TOOLS: readonly AgentTool[] = [
  ...Object.entries(RESOURCES).flatMap(([resource, statuses]) =>
    Object.entries(ACTIONS).map(([action, describe]) => ({
      name: `${action}_${resource}`,
      ...describe(resource, statuses),
    })),
  ),
  planTasks,
  sendMessage,
];
