/** What a request over a socket was answered with: a value, none, or a failure that the host or somebody else gave. */
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import { retryAfterMs } from "../../registry/http/retry.ts";
import { transient } from "../../registry/http/transience.ts";
import { fromAdminError } from "./admin-error.ts";
import type { AdminError } from "./protocol.ts";

export interface Question {
  method: string;
  path: string;
}

const failureShape = z.object({
  error: z.object({
    code: z.string(),
    fault: z.string(),
    message: z.string(),
    hint: z.string(),
    path: z.string().optional(),
  }),
});

/** Statuses of whoever is overloaded or not there yet; the same request may be sent again. */
const passing = [429, 503];

/**
 * The value of a JSON answer, `undefined` for one without content or when the host says that it has no such thing. Throws
 * what the host says, and ERR_SPIN_HOST_ANSWER for what no host says: only its own words count for an app that is gone.
 */
export function readAnswer(question: Question, response: IncomingMessage, text: string): unknown {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) {
    if (text === "" && status !== 200) return undefined;
    const value = isJson(response) ? parsed(text) : undefined;
    if (value === undefined) throw strange(question, response);
    return value;
  }
  const failure = failureShape.safeParse(isJson(response) ? parsed(text) : undefined);
  if (!failure.success) throw strange(question, response);
  if (status === 404 && question.method !== "PUT") return undefined;
  throw fromAdminError(failure.data.error as AdminError);
}

export function isJson({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.startsWith("application/json") === true;
}

/** Of the body nothing is repeated: it is not known what it is. */
export function strange({ method, path }: Question, response: IncomingMessage): SpinError {
  const { statusCode: status = 0, headers } = response;
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers["content-type"] ?? "")?.[0] ?? "no content type";
  const message = `${method} ${path} was answered with ${status} (${type}), which is not how a host answers.`;
  if (!passing.includes(status)) return new SpinError("ERR_SPIN_HOST_ANSWER", message);
  const patienceMs = retryAfterMs(headers["retry-after"]);
  const hint = `What answers in place of the host asks for patience: run it again later${patienceMs === undefined ? "" : `, in ${Math.ceil(patienceMs / 1000)} s`}.`;
  return transient(
    new SpinError("ERR_SPIN_HOST_ANSWER", message, { hint }),
    patienceMs === undefined ? {} : { retryAfterMs: patienceMs },
  );
}

/** The value, when it is of that shape; else ERR_SPIN_HOST_ANSWER with the properties that are not. */
export function shaped<T>(question: Question, shape: z.ZodType, value: T): T {
  const { success, error } = shape.safeParse(value);
  if (success) return value;
  const problems = error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  const message = `The answer to ${question.method} ${question.path} is not of the form that a host gives: ${problems.join("; ")}.`;
  throw new SpinError("ERR_SPIN_HOST_ANSWER", message);
}

/** Whether it stays open what the host did: it was asked, and gave no answer of its own. */
export function isUnanswered(error: unknown): boolean {
  if (!isSpinError(error)) return true;
  return [
    "ERR_SPIN_HOST_ANSWER",
    "ERR_SPIN_HOST_CONNECTION",
    "ERR_SPIN_HOST_NOT_RUNNING",
    "ERR_SPIN_HOST_TIMEOUT",
  ].includes(error.code);
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
