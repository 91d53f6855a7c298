import { describe, expect, test } from "@jest/globals";
import { explainToolFailure } from "../../../scripts/bootstrap/explain.mjs";

const where = { dir: "/checkout", exitCode: 1 };

describe("explainToolFailure", () => {
  test.each([
    [
      "npm error code ENOSPC\nnpm error nospc no space left on device, write",
      "the disk is full",
      /Free some space/,
    ],
    [
      "npm error code ENOTFOUND\nnpm error network request failed",
      "the network did not answer",
      /HTTPS_PROXY/,
    ],
    ["go: github.com/x: dial tcp: lookup proxy: no such host", "the network did not answer", /connection/],
    ["x509: certificate signed by unknown authority", "a certificate could not be verified", /SSL_CERT_FILE/],
    ["npm error code EUSAGE", "package.json and package-lock.json do not agree", /npm install/],
    ["npm error code EACCES", "a file could not be written", /owner/],
  ])("knows %j", (output, what, hint) => {
    const failure = explainToolFailure("npm ci", output, where);
    expect(failure.message).toContain(output.split("\n")[0]);
    expect(failure.message).toContain(`npm ci ended with exit code 1 in /checkout: ${what}.`);
    expect(failure.hint).toMatch(hint);
  });

  test("shows the first and the last lines of a long output, without npm's notices", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const { message } = explainToolFailure("npm ci", ["npm notice New version", ...lines].join("\n"), where);
    expect(message).toContain("line 0\n");
    expect(message).toContain("line 39\n");
    expect(message).not.toContain("line 20");
    expect(message).not.toContain("notice");
  });

  test("says that a tool was killed when it was", () => {
    expect(explainToolFailure("go build", "", { dir: "/d", exitCode: null }).message).toBe(
      "go build was killed in /d.",
    );
  });
});
