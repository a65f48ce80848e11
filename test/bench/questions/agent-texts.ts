/** Texts as they stand in the history of an agent, the same in every process. */

const WORDS =
  `the a service deploy request customer invoice because returned after before while error timeout retry which
  should region account payment queue worker table index latency we checked found that it was not fixed by last
  release and then rolled back however logs show only two failures per hour in production please compare with
  staging configuration database migration finished successfully no further action needed until tomorrow`
    .split(/\s+/)
    .filter(Boolean);

/** Real texts are not all ASCII. */
const ACCENTED = "Zoë’s note — “naïve” retries at 12 °C → 30 % slower, see § 4 … ✓";
const CODE =
  'const rows = await db.query("SELECT * FROM invoices WHERE status = $1", ["open"]);\n\treturn rows;';

/** Numerical Recipes' generator: good enough to pick words with. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function sentence(random: (below: number) => number): string {
  const words = Array.from({ length: 8 + random(14) }, () => WORDS[random(WORDS.length)]!);
  const text = words.join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Paragraphs of three to five sentences; each eighth text has accents, each fifth has code. */
export function prose(seed: number, paragraphs: number): string {
  const random = createRandom(seed);
  const texts = Array.from({ length: paragraphs }, () =>
    Array.from({ length: 3 + random(3) }, () => sentence(random)).join(" "),
  );
  if (seed % 8 === 0) texts.push(ACCENTED);
  if (seed % 5 === 0) texts.push(`\`\`\`ts\n${CODE}\n\`\`\``);
  return texts.join("\n\n");
}

const STATUSES = ["open", "paid", "overdue", "disputed"];

/** What a tool answers with: JSON as text, so that its quotes are escaped once more on every wire. */
export function records(seed: number, count: number): string {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `inv_${(seed * 1000 + index).toString(36).padStart(10, "0")}`,
    status: STATUSES[random(STATUSES.length)],
    amount: random(1_000_000) / 100,
    customer: { name: `Customer ${random(5_000)}`, email: `billing+${random(5_000)}@example.com` },
    note: sentence(random),
    createdAt: `2026-0${1 + random(9)}-1${random(10)}T0${random(10)}:00:00Z`,
  }));
  return JSON.stringify({ ok: true, page: { size: count, next: `cursor_${seed}` }, rows });
}
