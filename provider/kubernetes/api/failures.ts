/** What the API server answers, as errors that say whose move it is. No value of a Secret is repeated. */
import { type Code, SpinError } from "../../../model/errors/index.ts";
import { reasonOf } from "../../../registry/http/index.ts";
import { retryAfterMs } from "../../../registry/http/retry.ts";
import { transient } from "../../../registry/http/transience.ts";
import { type ObjectReference, resourceOf, shownReference } from "./kinds.ts";

export type Verb = "get" | "list" | "create" | "update" | "patch" | "delete";

export interface FailedAnswer {
  status: number;
  /** The body; a Status of Kubernetes, where it was the API server that answered. */
  answer: unknown;
  verb: Verb;
  reference: ObjectReference;
  cluster: string;
  retryAfter: string | undefined;
}

interface Status {
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    kind?: string;
    causes?: { reason?: string; message?: string; field?: string }[];
  };
}

export function statusFailure(failed: FailedAnswer): SpinError {
  const { status, answer, retryAfter } = failed;
  const told = Object(answer) as Status;
  const error = explain(failed, told, told.message ?? "");
  const mayPass =
    [429, 502, 503, 504].includes(status) ||
    (status === 500 && error.code === "ERR_SPIN_CLUSTER_FAULT") ||
    (status === 409 && error.code === "ERR_SPIN_CLUSTER_FAULT");
  if (!mayPass) return error;
  const patience = retryAfterMs(retryAfter);
  return transient(error, patience === undefined ? {} : { retryAfterMs: patience });
}

function explain(failed: FailedAnswer, told: Status, message: string): SpinError {
  const { status, verb, reference, cluster } = failed;
  const object = shownReference(reference);
  const said = sayable(message, reference);
  switch (status) {
    case 401:
      return new SpinError("ERR_SPIN_CLUSTER_UNAUTHORIZED", `${cluster} does not know who asks (401).`);
    case 403:
      return /exceeded quota/.test(message) ? quota(object, said) : forbidden(failed, message);
    case 404:
      return missing(failed, told, said);
    case 409:
      return conflict(failed, told, said);
    case 413:
      return refused(object, "it is larger than the API server takes", "Make its configuration smaller.");
    case 400:
    case 422:
      return invalid(object, told, said, reference);
    case 500:
      // Under server-side apply what the schema does not allow is answered so.
      if (
        /typed patch object|field not declared in schema|strict decoding|cannot be handled as|illegal base64/.test(
          message,
        )
      )
        return refused(object, said, "Correct the input; it may be newer than the CRDs in the cluster.");
      if (/failed calling webhook/.test(message))
        return fault(
          `${cluster} could not ask a webhook about ${object}: ${said}`,
          "See that the operator and its webhooks run.",
        );
  }
  const text = said === "" ? "" : ` (${said})`;
  return fault(`${cluster} answered ${status} to ${verb} ${object}${text}.`);
}

export function connectionFailure(cluster: string, error: unknown): SpinError {
  const message = `${cluster} gave no whole answer: ${reasonOf(error)}.`;
  return transient(new SpinError("ERR_SPIN_CLUSTER_UNREACHABLE", message, { cause: error }));
}

function forbidden({ verb, reference, cluster }: FailedAnswer, message: string): SpinError {
  const { group, plural } = resourceOf(reference.kind);
  const webhook = /admission webhook "([^"]+)" denied the request/.exec(message)?.[1];
  if (webhook !== undefined) return refused(shownReference(reference), sayable(message, reference));
  const user = /User "([^"]*)"/.exec(message)?.[1] ?? "the user";
  // Apply makes what is not there.
  const verbs = verb === "patch" ? '["create", "patch"]' : `["${verb}"]`;
  const where = reference.namespace === undefined ? "a ClusterRole" : `a Role in ${reference.namespace}`;
  return new SpinError(
    "ERR_SPIN_CLUSTER_FORBIDDEN",
    `${cluster} does not let "${user}" ${verb} ${shownReference(reference)} (403).`,
    { hint: `Add to ${where}: apiGroups: ["${group}"], resources: ["${plural}"], verbs: ${verbs}.` },
  );
}

function missing({ reference, cluster }: FailedAnswer, told: Status, said: string): SpinError {
  const { kind, namespace } = reference;
  if (told.details?.kind === "namespaces" || said.startsWith('namespaces "'))
    return new SpinError("ERR_SPIN_CLUSTER_NAMESPACE", `${cluster} has no namespace "${namespace}".`);
  const { group } = resourceOf(kind);
  if (group === "core.spinkube.dev")
    return new SpinError(
      "ERR_SPIN_CLUSTER_SPINKUBE",
      `${cluster} has no ${kind}s: SpinKube's CRDs are not installed.`,
    );
  const install: Record<string, string> = {
    ScaledObject: "Install KEDA, or leave `autoscaling.autoscaler` out.",
    HTTPRoute: "Install the Gateway API, or expose by an Ingress.",
  };
  return new SpinError(
    "ERR_SPIN_CLUSTER_KIND",
    `${cluster} has no ${kind}s${group === "" ? "" : ` (${group})`}.`,
    {
      ...(install[kind] !== undefined && { hint: install[kind] }),
    },
  );
}

function conflict({ reference }: FailedAnswer, told: Status, said: string): SpinError {
  const object = shownReference(reference);
  const conflicts = (told.details?.causes ?? []).filter(({ reason }) => reason === "FieldManagerConflict");
  if (conflicts.length > 0) {
    const fields = conflicts.map(({ field = "?", message = "" }) => {
      const manager = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";
      return `${field.replace(/^\./, "")} by "${manager}"`;
    });
    return new SpinError(
      "ERR_SPIN_CLUSTER_CONFLICT",
      `Others manage fields of ${object}: ${fields.join(", ")}.`,
    );
  }
  if (/being terminated/.test(said) || told.reason === "AlreadyExists")
    return refused(object, said, "Wait until it is gone, and run again.");
  return fault(`${object} was changed at the same moment (409${said === "" ? "" : `: ${said}`}).`);
}

function invalid(object: string, told: Status, said: string, reference: ObjectReference): SpinError {
  if (/field is immutable/.test(said)) {
    const fields = (told.details?.causes ?? []).map(({ field }) => field).filter(Boolean);
    return refused(
      object,
      `${fields.join(", ") || "a field"} cannot be changed once it is there`,
      "Replace the deployment: pulumi up --replace <urn>.",
    );
  }
  const causes = (told.details?.causes ?? []).map(({ field = "", message = "" }) =>
    [field, sayable(message, reference)].filter(Boolean).join(": "),
  );
  return refused(object, causes.length > 0 && !/admission webhook/.test(said) ? causes.join("; ") : said);
}

function quota(object: string, said: string): SpinError {
  return new SpinError(
    "ERR_SPIN_CLUSTER_QUOTA",
    `The namespace's quota does not allow ${object}: ${said.replace(/^.*exceeded quota: /, "")}.`,
  );
}

function refused(object: string, why: string, hint?: string): SpinError {
  return new SpinError(
    "ERR_SPIN_CLUSTER_REFUSED",
    `The cluster refuses ${object}: ${why.replace(/\.$/, "")}.`,
    {
      ...(hint !== undefined && { hint }),
    },
  );
}

function fault(message: string, hint?: string): SpinError {
  const code: Code = "ERR_SPIN_CLUSTER_FAULT";
  return new SpinError(code, message, hint === undefined ? {} : { hint });
}

/** What is said of a Secret may quote what it holds. */
function sayable(message: string, { kind }: ObjectReference): string {
  return kind === "Secret" ? message.replaceAll(/Invalid value: .*?(?=: |$)/gs, "Invalid value") : message;
}
