import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { StaticResponse } from "../../../model/definition.ts";
import type { Field } from "../../wasi/http/fields.ts";
import type { GuestResponse } from "../../wasi/http/outgoing-response.ts";
import type { Pipe } from "../../wasi/http/pipe.ts";
import { Trap } from "../../wasi/wit-error.ts";

/** An answer of the host itself, whole. */
export function respondPlain(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
  body = "",
): void {
  const raw = Object.entries(headers).flat();
  const bytes = Buffer.from(body);
  const hasLength = Object.keys(headers).some((name) => name.toLowerCase() === "content-length");
  if (!hasLength && mayHaveLength(status)) raw.push("content-length", String(bytes.length));
  writeHead(response, status, raw);
  response.end(bytes);
}

export function respondStatic(
  response: ServerResponse,
  { statusCode = 200, headers = {}, body }: StaticResponse,
): void {
  respondPlain(response, statusCode, headers, body);
}

/** Sends what a guest answered; resolves when it is sent. Rejects, with the connection cut, when the body stays incomplete. */
export async function respondGuest(
  response: ServerResponse,
  { status, headers, body }: GuestResponse,
): Promise<void> {
  const raw = headers.flatMap(([name, value]) => [name, latin1(value)]);
  checkHead(status, raw);
  if (response.req.method === "HEAD" || !mayHaveLength(status)) {
    writeHead(response, status, raw);
    response.end();
    if (body !== undefined) await discardAll(body);
    return;
  }
  if (body === undefined && !headers.some(([name]) => name.toLowerCase() === "content-length")) {
    raw.push("content-length", "0");
  }
  writeHead(response, status, raw);
  if (body === undefined) {
    response.end();
    return;
  }
  // Most guests have written everything by now: then head and body leave together.
  const whole = body.takeWhole();
  if (whole !== undefined) {
    response.end(whole);
    return;
  }
  response.flushHeaders();
  const gone = once(response, "close");
  try {
    for await (const bytes of body) {
      if (response.destroyed) return;
      if (!response.write(bytes)) await Promise.race([once(response, "drain"), gone]);
    }
    if (body.trailers.length > 0) response.addTrailers(body.trailers.map(trailer));
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** What no client could make sense of becomes a 500 instead. */
function checkHead(status: number, raw: readonly string[]): void {
  if (status < 200)
    throw new Trap(`the guest answered with the status ${status}, which cannot end a request`);
  const lengths = raw.filter(
    (_value, index) => raw[index - 1]?.toLowerCase() === "content-length" && index % 2 === 1,
  );
  if (lengths.length > 1 || lengths.some((length) => !/^\d+$/.test(length))) {
    throw new Trap(`the guest answered with the content-length ${lengths.join(", ")}`);
  }
}

/** Lets the guest write on as if somebody read. */
async function discardAll(body: Pipe): Promise<void> {
  while ((await body.read()) !== undefined);
}

/** Adds nothing but Date: what a guest does not set is not there. */
function writeHead(response: ServerResponse, status: number, raw: string[]): void {
  response.removeHeader("connection");
  response.writeHead(status, raw);
}

/** RFC 9110 8.6: no content-length with 1xx and 204; 304 has none of its own. */
function mayHaveLength(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}

function trailer([name, value]: Field): [string, string] {
  return [name, latin1(value)];
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
