// @ts-nocheck -- the calls are gRPC's, which is resolved at run time.
/** The programs, plugins and tools that a language host runs. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { withValues } from "./service.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();

export function start(command, args, options) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Runs a tool to its end; rejects with the last of what it said when it fails. */
export async function runTool(command, args, { input, ...options } = {}) {
  const child = start(command, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  for (const source of [child.stdout, child.stderr]) source.on("data", (chunk) => (output += chunk));
  child.stdin.on("error", () => {}).end(input);
  const { code, signal } = await exitOf(child);
  if (code === 0) return output;
  throw new Error(
    `${command} ${args[0] ?? ""} ended with ${signal ?? `exit code ${code}`}\n${output.slice(-4000)}`,
  );
}

export async function exitOf(child) {
  const [code, signal] = await once(child, "close");
  return { code, signal };
}

/** Sends a child's output as it comes, no faster than the CLI reads it. Returns the exit code. */
export async function stream(call, Response, child) {
  call.on("cancelled", () => child.kill("SIGTERM"));
  const send = async (source, field) => {
    for await (const chunk of source)
      if (!call.write(withValues(new Response(), { [field]: chunk }))) await once(call, "drain");
  };
  try {
    const [{ code }] = await Promise.all([
      exitOf(child),
      send(child.stdout, "Stdout"),
      send(child.stderr, "Stderr"),
    ]);
    return code ?? 1;
  } catch (error) {
    call.write(withValues(new Response(), { Stderr: Buffer.from(`${error.message}\n`) }));
    return 1;
  }
}

export function stopChildren(signal) {
  for (const child of children) child.kill(signal);
}
