import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openQuickstart, type Quickstart } from "../support/quickstart.ts";

jest.setTimeout(180_000);

let quickstart: Quickstart;
beforeAll(async () => {
  quickstart = await openQuickstart();
});
afterAll(async () => {
  expect(await quickstart.dispose()).toEqual([]);
});

/** `pulumi up` without its preview, which other tests look at. */
const up = () => quickstart.pulumi("up", "--yes", "--skip-preview");
const visits = async (): Promise<number> => {
  const { body } = await quickstart.fetch("/count");
  return (JSON.parse(body) as { visits: number }).visits;
};

describe("the quickstart, from nothing to nothing", () => {
  test("a preview writes nothing: no host is started", async () => {
    const { exitCode, output } = await quickstart.pulumi("preview");
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("17 to create");
    expect(readdirSync(quickstart.workspace.dir)).not.toContain("host");
  });

  test("up deploys it, and every route answers", async () => {
    const { exitCode, output } = await up();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await quickstart.fetch("/")).toMatchObject({
      status: 200,
      body: expect.stringContaining("Hello from Spin"),
    });
    expect(await quickstart.fetch("/fact")).toMatchObject({ status: 200 });
    expect(await visits()).toBe(1);
    expect(await visits()).toBe(2);
    expect(JSON.parse((await quickstart.fetch("/stats/x")).body)).toMatchObject({
      visits: 2,
      pathInfo: "/x",
    });
    expect(await quickstart.fetch("/nowhere")).toEqual({ status: 404, body: "" });
  });

  test("a granted call goes through; another is refused, and the host names the grant to add", async () => {
    expect(await quickstart.fetch("/outbound/granted")).toMatchObject({ status: 200 });
    expect(await quickstart.fetch("/outbound/denied")).toMatchObject({ status: 502 });
    const host = await quickstart.host();
    expect(await host.denials("quickstart")).toMatchObject([
      {
        component: "api",
        target: "https://example.com:443",
        grant: 'allowedOutboundHosts: ["https://example.com"]',
      },
    ]);
    expect(
      readFileSync(join(quickstart.workspace.dir, "host", "apps", "quickstart", "logs", "host.log"), "utf8"),
    ).toContain('allowedOutboundHosts: ["https://example.com"]');
  });

  test("the secret is in no file of the stack and in no output, and the component has it", async () => {
    const { stdout } = await quickstart.pulumi("config", "get", "token");
    const secret = stdout.trim();
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.parse((await quickstart.fetch("/token")).body)).toEqual({ tokenLength: secret.length });
    const exported = await quickstart.pulumi("stack", "export");
    const shown = await quickstart.pulumi("preview", "--diff");
    const asJson = await quickstart.pulumi("preview", "--json", "--show-sames");
    const outputs = await quickstart.pulumi("stack", "output", "--json");
    for (const { output } of [exported, shown, asJson, outputs]) expect(output).not.toContain(secret);
    const withSecrets = await quickstart.pulumi("stack", "export", "--show-secrets");
    expect(withSecrets.output).toContain(secret);
    const { dir, projectDir } = quickstart.workspace;
    const files = [
      ...filesOf(join(dir, "state")),
      ...filesOf(join(dir, "host", "logs")),
      ...filesOf(join(dir, "host", "apps")),
    ];
    const holders = [...files, join(projectDir, "Pulumi.dev.yaml")].filter((file) =>
      readFileSync(file).includes(secret),
    );
    expect(holders).toEqual([]);
  });

  test("again: nothing changes", async () => {
    const before = await (await quickstart.host()).getApp("quickstart");
    expect(await quickstart.pulumi("preview", "--expect-no-changes")).toMatchObject({ exitCode: 0 });
    const { output } = await up();
    expect(output).toContain("17 unchanged");
    expect(await (await quickstart.host()).getApp("quickstart")).toEqual(before);
  });

  test("another route changes just that, and the preview says so by property", async () => {
    quickstart.edit("index.ts", 'route: "/fact"', 'route: "/truth"');
    const { output } = await quickstart.pulumi("preview", "--diff");
    expect(output).toMatch(/~ route *: "\/fact" => "\/truth"/);
    expect(output).toContain("3 to update");
    expect(output).toContain("14 unchanged");
    const counted = await visits();
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect(await quickstart.fetch("/fact")).toMatchObject({ status: 404 });
    expect(await quickstart.fetch("/truth")).toMatchObject({ status: 200 });
    quickstart.edit("index.ts", 'route: "/truth"', 'route: "/fact"');
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect(await visits()).toBeGreaterThan(counted);
  });

  test("another source builds just that component", async () => {
    quickstart.edit("components/api/src/index.ts", "Next:", "Now try:");
    const { output } = await quickstart.pulumi("preview");
    expect(output).toMatch(/Component api update.*sourceHash/);
    expect(output).not.toMatch(/Component stats update/);
    // The app is not known until it is built, which is no reason to announce another app.
    expect(output).toContain("3 to update");
    expect(output).not.toContain("replace");
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect((await quickstart.fetch("/")).body).toContain("Now try:");
  });
});

describe("drift", () => {
  const refresh = () => quickstart.pulumi("refresh", "--yes", "--diff");

  test("none is found where there is none", async () => {
    const { output } = await refresh();
    expect(output).toContain("17 unchanged");
  });

  test("a stopped app is named, and up starts it", async () => {
    await (await quickstart.host()).stopApp("quickstart");
    const { output } = await refresh();
    expect(output).toMatch(/~ status *: "running" => "stopped"/);
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect(await quickstart.fetch("/fact")).toMatchObject({ status: 200 });
  });

  test("an edited variable is named, and up restores it", async () => {
    await (await quickstart.host()).setVariable("quickstart", "greeting", "Good evening");
    expect((await quickstart.fetch("/")).body).toContain("Good evening");
    const { output } = await refresh();
    expect(output).toMatch(/\+ greeting *: "Good evening"/);
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect((await quickstart.fetch("/")).body).toContain("Hello from Spin");
  });

  test("a deleted app is created again, with its data", async () => {
    const counted = await visits();
    await (await quickstart.host()).deleteApp("quickstart");
    const { output } = await refresh();
    expect(output).toContain("1 deleted");
    expect(await up()).toMatchObject({ exitCode: 0 });
    expect(await visits()).toBe(counted + 1);
  });
});

describe("the host under kill -9", () => {
  test("answers again by itself, and the counter has lost nothing", async () => {
    const host = await quickstart.host();
    const answers: number[] = [];
    let isOver = false;
    const caller = async (call: () => Promise<unknown>): Promise<void> => {
      while (!isOver) await call().catch(() => pause(20));
    };
    // One counts, since two counting at once may count as one; the others keep the host busy meanwhile.
    const count = async () => answers.push(await visits());
    const load = () => quickstart.fetch("/stats/load");
    const callers = [caller(count), caller(load), caller(load)];
    for (const who of ["controlPid", "enginePid"] as const) {
      await pause(500);
      const { [who]: pid = 0 } = await host.status();
      process.kill(pid, "SIGKILL");
      await eventually(async () => (await quickstart.fetch("/fact")).status === 200);
      await eventually(async () => (await host.status()).enginePid !== undefined);
    }
    await pause(500);
    isOver = true;
    await Promise.all(callers);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers).toEqual([...new Set(answers)].toSorted((a, b) => a - b));
    expect(await visits()).toBeGreaterThan(Math.max(...answers));
  });
});

describe("the end", () => {
  test("destroy succeeds when the app is already gone, and leaves nothing", async () => {
    await (await quickstart.host()).deleteApp("quickstart");
    const { exitCode, output } = await quickstart.pulumi("destroy", "--yes");
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    await expect(quickstart.fetch("/fact")).rejects.toThrow();
    expect(await (await quickstart.host()).listApps()).toEqual([]);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await holds().catch(() => false)) return;
    await pause(50);
  }
  throw new Error("it never came to hold");
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
