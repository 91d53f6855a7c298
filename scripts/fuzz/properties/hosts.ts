/** What must hold for any entry of `allowed_outbound_hosts`. */
import {
  covers,
  destinationOf,
  isHostAllowed,
  isTemplate,
  parseAllowedHost,
  readManifest,
} from "../../../model/index.ts";

const rules = ["*://*:*", "https://*.example.com", "redis://10.0.0.0/8", "http://self"].map(parseAllowedHost);

export function isAllowedSomewhere(url: string): unknown {
  const destination = destinationOf(url);
  return destination === undefined ? "none" : isHostAllowed(rules, destination);
}

const destinations = ["http://a.test", "https://x.example.com:8443", "redis://10.1.2.3", "self.alt"].flatMap(
  (url) => destinationOf(url) ?? [],
);

/** An entry covers itself, what allows everything covers it, and what it covers it allows. */
export function allowedHost(entry: string): unknown {
  const rule = parseAllowedHost(entry);
  for (const destination of destinations)
    for (const other of rules)
      if (covers(rule, other) && isHostAllowed([other], destination) && !isHostAllowed([rule], destination))
        throw new Error(
          `It covers ${JSON.stringify(other)} and does not allow ${JSON.stringify(destination)}`,
        );
  const all = parseAllowedHost("*://*:*");
  if (!covers(rule, rule)) throw new Error(`${JSON.stringify(rule)} does not cover itself`);
  if (rule.host.kind !== "self" && !covers(all, rule))
    throw new Error(`*://*:* does not cover ${JSON.stringify(rule)}`);
  return rule;
}

/** As an entry with templates of a manifest whose variables have the text as their default. */
export function templatedHost(text: string): unknown {
  const value = JSON.stringify(text.toWellFormed());
  const entry = isTemplate(text) ? value : '"https://{{ host }}"';
  return readManifest(
    `spin_manifest_version = 2\n[application]\nname = "a"\n[variables]\nhost = { default = ${value} }\nport = { default = "80" }\n[[trigger.http]]\nroute = "/"\ncomponent = "a"\n[component.a]\nsource = "a.wasm"\nallowed_outbound_hosts = [${entry}]\n`,
  ).issues;
}
