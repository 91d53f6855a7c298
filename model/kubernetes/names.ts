import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { appNameLabel, managedByLabel, revisionAnnotation } from "./labels.ts";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const appName = /^[a-z](?:[a-z0-9-]{0,50}[a-z0-9])?$/;
const labelName = new RegExp(`^${label}$`);
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`);
const keyName = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

/** The operator makes labels of `app.<name>.status`, which end at 63 characters, and a Service of the name. */
export function appNameIssues(name: string, path = "name"): Issue[] {
  if (appName.test(name)) return [];
  const found = name.length > 52 ? `has ${name.length} characters` : "is no name for a Service";
  const message = `The name "${name}" ${found}; expected at most 52 lower-case letters, digits and dashes, the first a letter. The operator of SpinKube would take it and never make a Deployment.`;
  return [issue("ERR_SPIN_KUBERNETES_NAME", path, message, { hint: "Give a shorter or simpler `name`." })];
}

export function namespaceIssues(namespace: string, path = "namespace"): Issue[] {
  return labelName.test(namespace) ? [] : [wrongName(namespace, path, "a DNS label, for example shop")];
}

/** Names of Secrets, ConfigMaps and service accounts. */
export function objectNameIssues(name: string, path: string): Issue[] {
  return subdomain.test(name) && name.length <= 253
    ? []
    : [wrongName(name, path, "a DNS name, for example shop-secrets")];
}

/** Keys in a Secret or ConfigMap. */
export function dataKeyIssues(key: string, path: string): Issue[] {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(key)
    ? []
    : [wrongName(key, path, 'a key of letters, digits, "-", "_" and "."')];
}

export function labelsIssues(labels: Record<string, string>, path: string): Issue[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const place = `${path}[${JSON.stringify(key)}]`;
    const issues = metadataKeyIssues(key, place);
    if (typeof value === "string" && !labelValue.test(value))
      issues.push(
        wrongName(value, place, 'a label\'s value: at most 63 letters, digits, "-", "_" and "." between'),
      );
    return issues;
  });
}

export function annotationsIssues(annotations: Record<string, string>, path: string): Issue[] {
  return Object.keys(annotations).flatMap((key) => metadataKeyIssues(key, `${path}[${JSON.stringify(key)}]`));
}

const ours = [appNameLabel, managedByLabel, revisionAnnotation, "app.kubernetes.io/name"];

function metadataKeyIssues(key: string, path: string): Issue[] {
  if (ours.includes(key)) {
    const message = `"${key}" is set by pulumi-spin or the operator itself.`;
    return [issue("ERR_SPIN_KUBERNETES_SPEC", path, message, { hint: "Remove it." })];
  }
  const [name = "", prefix, ...more] = key.split("/").toReversed();
  const isPrefix = prefix === undefined || (subdomain.test(prefix) && prefix.length <= 253);
  if (keyName.test(name) && isPrefix && more.length === 0) return [];
  return [wrongName(key, path, 'a key such as "example.com/team"')];
}

function wrongName(name: string, path: string, expected: string): Issue {
  return issue("ERR_SPIN_KUBERNETES_NAME", path, `"${name}" is no name for that; expected ${expected}.`);
}

/** Ids of components that are to run must be the app's. */
export function componentIssues(ids: readonly string[], known: readonly string[]): Issue[] {
  return ids.flatMap((id, index) => {
    if (known.includes(id)) return [];
    const guess = nearest(id, known);
    const hint = guess === undefined ? `Its components are ${known.join(", ")}.` : `Did you mean "${guess}"?`;
    return [
      issue("ERR_SPIN_KUBERNETES_SPEC", `components[${index}]`, `The app has no component "${id}".`, {
        hint,
      }),
    ];
  });
}
