/** Questions with one letter for an answer. */
import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";

export type Answer = "yes" | "no" | "all" | "quit";

export interface Asker {
  /** What is shown is made only for somebody who reads it. */
  ask(shown: () => string, question?: string): Promise<Answer>;
  close(): void;
}

const answers: Record<string, Answer> = { y: "yes", n: "no", a: "all", q: "quit" };

/** Asks until the answer is one; the end of the input is `quit`. */
export function createAsker(input: Readable, output: Writable): Asker {
  const lines = createInterface({ input, output, terminal: false });
  const next = lines[Symbol.asyncIterator]();
  return {
    async ask(shown, question = "Apply this?") {
      output.write(shown());
      for (;;) {
        output.write(`${question} [y]es, [n]o, [a]ll, [q]uit: `);
        const { value, done } = await next.next();
        if (done === true) return "quit";
        const answer = answers[value.trim().toLowerCase().charAt(0)];
        if (answer !== undefined) return answer;
      }
    },
    close: () => lines.close(),
  };
}
