import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sendLogs } from "../../../runtime/control/logs.ts";
import { until } from "./test-host.ts";

let stateDir: string;
let logs: string;
let server: Server;

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "logs-"));
  logs = join(stateDir, "apps", "shop", "logs");
  server = createServer(
    (request, response) => void sendLogs(stateDir, "shop", request.url === "/follow", response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(stateDir, { recursive: true });
});

function request(path: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}${path}`, resolve).on("error", reject);
  });
}

describe("the logs of an app", () => {
  test("are empty before it wrote any", async () => {
    expect(await text(await request("/"))).toBe("");
  });

  test("are the whole lines of each file under its name", async () => {
    mkdirSync(logs, { recursive: true });
    writeFileSync(join(logs, "host.log"), "refused\n");
    writeFileSync(join(logs, "api_stdout.txt"), "one\n\ngrüße\nunfinished");
    expect(await text(await request("/"))).toBe(
      "api_stdout | one\napi_stdout | \napi_stdout | grüße\nhost | refused\n",
    );
  });

  test("may be larger than what is read at once, with lines that are longer", async () => {
    mkdirSync(logs, { recursive: true });
    const line = "ü".repeat(1000);
    writeFileSync(join(logs, "a.txt"), `${line}\n`.repeat(1500));
    expect(await text(await request("/"))).toBe(`a | ${line}\n`.repeat(1500));
    writeFileSync(join(logs, "a.txt"), `${"x".repeat(3_000_000)}\nend\n`);
    const cut = (await text(await request("/"))).split("\n").map((it) => it.slice(4));
    expect(cut.slice(0, -2).join("")).toBe("x".repeat(3_000_000));
    expect(cut.at(-2)).toBe("end");
  });

  test("go on while they are followed, also in a file that is new or begins again", async () => {
    mkdirSync(logs, { recursive: true });
    writeFileSync(join(logs, "a.txt"), "one\ntwo\npart");
    const response = await request("/follow");
    let seen = "";
    response.on("data", (chunk: Buffer) => (seen += chunk.toString())).on("error", () => {});
    await until(() => seen.includes("two"));
    appendFileSync(join(logs, "a.txt"), "ial\n");
    writeFileSync(join(logs, "b.txt"), "new\n");
    await until(() => seen.includes("b | new"));
    writeFileSync(join(logs, "a.txt"), "again\n");
    await until(() => seen.includes("again"));
    expect(seen).toBe("a | one\na | two\na | partial\nb | new\na | again\n");
    response.destroy();
  });
});
