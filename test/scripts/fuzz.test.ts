/** Campaigns run in a thread of their own, as `npm run fuzz` has them. */
import { describe, expect, test } from "@jest/globals";
import { report } from "../../scripts/fuzz.ts";
import { type Campaign, type CampaignOptions, runCampaign } from "../../scripts/fuzz/campaign.ts";
import { asBase64, turnOf } from "../../scripts/fuzz/input.ts";
import { randomOf } from "../../scripts/fuzz/random.ts";
import { targets } from "../../scripts/fuzz/targets.ts";

const real = new URL("../../scripts/fuzz/targets.ts", import.meta.url).href;
const faulty = (fault: string): string =>
  new URL(`fuzz/faulty-targets.ts?fault=${fault}`, import.meta.url).href;

function campaign(options: Partial<CampaignOptions>): Promise<Campaign> {
  return runCampaign({
    targets: real,
    seed: 1,
    from: 0,
    count: 1000,
    seconds: 60,
    hangMs: 30_000,
    heapMb: 256,
    ...options,
  });
}

test("a few thousand inputs show no bug in what reads them", async () => {
  const { total, inputs, finding } = await campaign({ count: 2200 });
  expect(finding).toBeUndefined();
  expect(total).toBe(2200);
  expect([...inputs.keys()]).toEqual(expect.arrayContaining(["parseManifest", "inspectWasm"]));
  expect([...inputs.values()].every((count) => count >= Math.floor(2200 / targets.length))).toBe(true);
}, 60_000);

describe("a campaign finds a target that", () => {
  test.each([
    ["throws something that is no SpinError", "throws", /^threw TypeError: x\.y is not a function\n +at /],
    ["recurses as deep as its input", "recurses", /^threw RangeError: Maximum call stack/],
    ["changes a prototype", "pollutes", /^changed a prototype .* it has 'polluted' now$/],
    [
      "gives an issue with an unknown code",
      "tells",
      /^gave an issue that says too little: .*NOT_IN_THE_TABLE/s,
    ],
    ["gives nothing", "forgets", /^gave nothing$/],
  ])("%s", async (_what, fault, problem) => {
    const { finding, total } = await campaign({ targets: faulty(fault) });
    expect(finding).toMatchObject({
      target: fault,
      index: total - 1,
      problem: expect.stringMatching(problem),
    });
  });

  test("never ends", async () => {
    const { finding } = await campaign({ targets: faulty("hangs"), hangMs: 300 });
    expect(finding).toMatchObject({ target: "hangs", problem: "had not ended after 300 ms" });
    expect(finding?.input).toContain("]]");
  });

  test("takes all memory", async () => {
    const { finding } = await campaign({ targets: faulty("fills"), heapMb: 32 });
    expect(finding).toMatchObject({ target: "fills", problem: "took more than 32 MB" });
  }, 60_000);
});

test("a sound target is found nothing against", async () => {
  const { finding, inputs } = await campaign({ targets: faulty("fine"), from: 7, count: 101 });
  expect(finding).toBeUndefined();
  expect([...inputs]).toEqual([
    ["sound", 50],
    ["fine", 51],
  ]);
});

test("a campaign ends when its time is up", async () => {
  const { seconds, total } = await campaign({ targets: faulty("fine"), count: 1_000_000_000, seconds: 0.2 });
  expect(seconds).toBeLessThan(20);
  expect(total).toBeGreaterThan(0);
});

describe("a seed", () => {
  const inputs = (seed: number): string[] =>
    Array.from({ length: 300 }, (_, index) => asBase64(turnOf(targets, seed, index).input).base64);

  test("gives the same inputs again, and others than another seed", () => {
    expect(inputs(4)).toEqual(inputs(4));
    const others = inputs(5);
    const same = inputs(4).filter((input, index) => input === others[index]);
    expect(same.length).toBeLessThan(30);
  });

  test("gives numbers from zero up to their limit, all about as often", () => {
    const counts = [0, 0, 0, 0, 0];
    for (let index = 0; index < 5000; index++) counts[randomOf(9, index).below(5)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(850);
  });
});

test("inputs stay small, and those of binaries are often still read", () => {
  const binaries = targets.find(({ kind }) => kind === "bytes");
  const turns = Array.from({ length: 400 }, (_, index) => turnOf([binaries!], 1, index));
  expect(Math.max(...turns.map(({ input }) => input.length))).toBeLessThanOrEqual(65_536);
  const isRead = ({ run }: { run: () => unknown }): boolean => {
    try {
      return run() !== undefined;
    } catch {
      return false;
    }
  };
  expect(turns.filter(isRead).length).toBeGreaterThan(40);
});

test.each([
  ["ü", { form: "utf8", base64: "w7w=" }],
  ["\uD800", { form: "utf16le", base64: "ANg=" }],
  [Uint8Array.of(0, 255), { form: "bytes", base64: "AP8=" }],
])("the input %j is told so that nothing of it is lost", (input, expected) => {
  expect(asBase64(input)).toEqual(expected);
});

describe("a finding is told with what makes it again", () => {
  const told = (input: string, saved: string[] = []): string => {
    const finding = { target: "parseManifest", index: 7, input, problem: "gave nothing" };
    const campaign = { inputs: new Map([["parseManifest", 8]]), total: 8, seconds: 2, finding };
    return report(campaign, { seed: 42 }, (name, text) => `${name}: file ${saved.push(text)}`);
  };

  test("the input in base64", () => {
    expect(told("a")).toContain("8 inputs in 2.0 s, 4 inputs/s, seed 42: a bug.");
    expect(told("a")).toContain("parseManifest gave nothing\n");
    expect(told("a")).toContain("YQ==\nAgain: npm run fuzz -- --seed 42 --from 7 --count 1\n");
  });

  test("a file of it where it is long", () => {
    const saved: string[] = [];
    expect(told("a".repeat(3001), saved)).toContain("\nin parseManifest-42-7.base64: file 1\nAgain: ");
    expect(Buffer.from(saved.join(""), "base64").toString()).toBe("a".repeat(3001));
  });
});
