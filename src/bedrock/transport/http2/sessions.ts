import { dial, type Way } from "./dial.ts";
import { Session, type SessionBounds } from "./session.ts";

/** Streams at the same time on one connection, whatever more the host takes: what it loses, they all wait for. */
const MOST_STREAMS = 100;

/** How long a host that speaks no HTTP/2 is not asked again. */
const WITHOUT_MS = 300_000;

/** The sessions with one host on one way. */
export class Sessions {
  readonly #sessions = new Set<Session>();
  readonly #way: Way;
  readonly #bounds: SessionBounds;
  #most = MOST_STREAMS;
  #ticket: Buffer | undefined;
  #without = -Infinity;

  constructor(way: Way, bounds: SessionBounds) {
    this.#way = way;
    this.#bounds = bounds;
  }

  /** Whether the host has said that it speaks HTTP/1.1 alone. */
  get isWithout(): boolean {
    return performance.now() - this.#without < WITHOUT_MS;
  }

  /** From now on the host is called by HTTP/1.1, for a while. */
  goWithout(): void {
    this.#without = performance.now();
  }

  /**
   * The first session that has room, entered: the last ones empty themselves and close.
   * @param but One that has refused.
   */
  enter(but?: Session): Session {
    const free = [...this.#sessions].find(
      (session) => session !== but && !session.isOver && session.users < this.#most,
    );
    const session = free ?? this.#open();
    session.enter();
    return session;
  }

  #open(): Session {
    const session: Session = new Session((signal) => dial(this.#way, this.#ticket, signal), this.#bounds, {
      // A host that takes none at the moment takes the one that waits for it.
      onRoom: (streams) => (this.#most = Math.min(MOST_STREAMS, Math.max(1, streams))),
      onTicket: (ticket) => (this.#ticket = ticket),
      onClose: () => this.#sessions.delete(session),
    });
    this.#sessions.add(session);
    // A ticket that the host does not take any more is in nobody's way.
    session.opened.catch(() => (this.#ticket = undefined));
    return session;
  }
}
