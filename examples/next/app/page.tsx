"use client";

import OpenAI from "openai";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

interface Turn {
  role: "user" | "assistant";
  content: string;
}

/** The official client, in the browser: it knows only this app's own API. */
const connect = (): OpenAI =>
  new OpenAI({
    baseURL: `${window.location.origin}/api/v1`,
    apiKey: "not-needed",
    dangerouslyAllowBrowser: true,
  });

export default function Chat() {
  const [turns, setTurns] = useState<Turn[]>([]);
  const [draft, setDraft] = useState("");
  const [failure, setFailure] = useState("");
  const [answering, setAnswering] = useState<AbortController | null>(null);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [turns]);

  const write = (more: string): void =>
    setTurns((all) => {
      const last = all.at(-1)!;
      return [...all.slice(0, -1), { ...last, content: last.content + more }];
    });

  async function ask(): Promise<void> {
    const content = draft.trim();
    if (content === "" || answering) return;
    const controller = new AbortController();
    const said: Turn[] = [...turns, { role: "user", content }];
    setTurns([...said, { role: "assistant", content: "" }]);
    setDraft("");
    setFailure("");
    setAnswering(controller);
    try {
      const stream = await connect().chat.completions.create(
        // A model refuses an empty turn, as one is left that was stopped early.
        { model: MODEL, messages: said.filter((turn) => turn.content !== ""), stream: true },
        { signal: controller.signal },
      );
      for await (const chunk of stream) write(chunk.choices[0]?.delta.content ?? "");
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setAnswering(null);
    }
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void ask();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void ask();
  };

  return (
    <main>
      <header>
        <h1>Chat on Bedrock</h1>
        <p>{MODEL}</p>
      </header>

      <div className="log" role="log" aria-label="Conversation" aria-busy={answering !== null}>
        {turns.length === 0 && <p className="hint">Ask something. The answer streams in as it is written.</p>}
        {turns.map(({ role, content }, at) => {
          const isWriting = answering !== null && at === turns.length - 1;
          return (
            <article key={at} className={role} data-writing={isWriting || undefined}>
              <h2>{role === "user" ? "You" : "Assistant"}</h2>
              <p>{content}</p>
            </article>
          );
        })}
        {failure && (
          <p className="failure" role="alert">
            {failure}
          </p>
        )}
        <div ref={end} />
      </div>

      <form onSubmit={submit}>
        <label htmlFor="message">Message</label>
        <textarea
          id="message"
          rows={2}
          placeholder="Your message"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {answering ? (
          <button type="button" className="stop" onClick={() => answering.abort()}>
            Stop
          </button>
        ) : (
          <button type="submit" disabled={draft.trim() === ""}>
            Send
          </button>
        )}
      </form>
    </main>
  );
}
