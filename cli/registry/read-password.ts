/** A password comes from stdin or from a prompt, never from the command line, where every process could read it. */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text as readText } from "node:stream/consumers";

export async function readLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await ask(lines, question);
  } finally {
    lines.close();
  }
}

/** On a terminal without an echo; else all of stdin, without the line's end. */
export async function readPassword(isStdin: boolean): Promise<string> {
  if (isStdin || !process.stdin.isTTY) return (await readText(process.stdin)).replace(/\r?\n$/, "");
  process.stderr.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await ask(lines, "");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

function ask(lines: ReturnType<typeof createInterface>, question: string): Promise<string> {
  return new Promise((resolve) => {
    lines.once("close", () => resolve(""));
    lines.question(question, resolve);
  });
}
