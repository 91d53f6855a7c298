import { describe, expect, test } from "@jest/globals";
import type { Refusal } from "../../../runtime/factors/denials/denials.ts";
import { OutboundNetworking } from "../../../runtime/factors/outbound-networking/outbound-networking.ts";
import { AppVariables } from "../../../runtime/factors/variables/app-variables.ts";

function networking(allowedHosts: string[], values: Record<string, string> = {}) {
  const refusals: Refusal[] = [];
  const lines: string[] = [];
  const declared = new Map([
    ["host", {}],
    ["empty", { default: "" }],
  ]);
  const decides = new OutboundNetworking({
    component: "c",
    allowedHosts,
    componentIds: ["c", "backend"],
    variables: new AppVariables(declared, () => values),
    refuse: (refusal) => refusals.push(refusal),
    log: (line) => lines.push(line),
  });
  return {
    isAllowed: (url: string) => decides.isAllowed(url, "wasi:http/outgoing-handler"),
    refusals,
    lines,
  };
}

describe("OutboundNetworking", () => {
  test("allows what an entry allows, and records the rest with the grant to add", () => {
    const { isAllowed, refusals } = networking(["https://a.example"]);
    expect(isAllowed("https://a.example/x")).toBe(true);
    expect([
      isAllowed("http://a.example/x"),
      isAllowed("https://b.example:8443/?t=s3cret"),
      isAllowed("http://self.alt/"),
    ]).toEqual([false, false, false]);
    expect(refusals.map(({ target, grant }) => [target, grant])).toEqual([
      ["http://a.example:80", 'allowedOutboundHosts: ["http://a.example"]'],
      ["https://b.example:8443", 'allowedOutboundHosts: ["https://b.example:8443"]'],
      ["http://self", 'allowedOutboundHosts: ["http://self"]'],
    ]);
  });

  test("resolves templates, and passes over entries that come out empty", () => {
    const { isAllowed } = networking(["https://{{ host }}", "{{ empty }}", "http://{{ empty }}"], {
      host: "c.example",
    });
    expect([isAllowed("https://c.example"), isAllowed("https://d.example")]).toEqual([true, false]);
  });

  test("refuses everything when an entry cannot be resolved, and says why", () => {
    const { isAllowed, lines } = networking(["https://a.example", "https://{{ host }}"]);
    expect(isAllowed("https://a.example")).toBe(false);
    expect(lines).toEqual([expect.stringContaining('"host"')]);
  });

  test("takes *.spin.internal for the components of the app, so that a call to another is refused", () => {
    const { isAllowed } = networking(["http://*.spin.internal"]);
    expect(isAllowed("http://backend.spin.internal/x")).toBe(true);
    expect(isAllowed("http://backenb.spin.internal/x")).toBe(false);
  });
});
