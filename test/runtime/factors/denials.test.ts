import { expect, test } from "@jest/globals";
import { Denials } from "../../../runtime/factors/denials/denials.ts";

const refusal = { component: "c", interface: "i", target: "t", grant: "g" };

test("a refusal is counted each time and logged once", () => {
  const lines: string[] = [];
  const denials = new Denials((line) => lines.push(line));
  denials.record(refusal);
  denials.record(refusal);
  denials.record({ ...refusal, target: "u" });
  expect(denials.list()).toEqual([
    { ...refusal, count: 2, lastAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    { ...refusal, target: "u", count: 1, lastAt: expect.any(String) },
  ]);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('denied: component "c" called i for t. To allow it, grant the component g');
});

test("a guest that makes up targets fills no memory", () => {
  const denials = new Denials(() => {});
  for (let index = 0; index < 3000; index++) denials.record({ ...refusal, target: String(index) });
  expect(denials.list()).toHaveLength(1000);
});
