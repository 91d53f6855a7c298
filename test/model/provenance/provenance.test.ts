import { describe, expect, test } from "@jest/globals";
import type { LockedApp } from "../../../model/locked-app/index.ts";
import { builderFrom, slsaProvenance } from "../../../model/provenance/index.ts";

const github = {
  GITHUB_ACTIONS: "true",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/release.yml@refs/heads/main",
  GITHUB_RUN_ID: "42",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_REF: "refs/heads/main",
  GITHUB_SHA: "c0ffee",
};
const gitlab = {
  GITLAB_CI: "true",
  CI_PROJECT_URL: "https://gitlab.com/acme/shop",
  CI_RUNNER_ID: "7",
  CI_JOB_URL: "https://gitlab.com/acme/shop/-/jobs/9",
  CI_COMMIT_SHA: "c0ffee",
  CI_COMMIT_REF_NAME: "main",
};

describe("who builds", () => {
  test("is the workflow at its ref in GitHub Actions", () => {
    expect(builderFrom(github)).toEqual({
      id: "https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main",
      invocation: "https://github.com/acme/shop/actions/runs/42/attempts/2",
      source: { uri: "git+https://github.com/acme/shop@refs/heads/main", gitCommit: "c0ffee" },
    });
  });

  test("is the runner in GitLab CI", () => {
    expect(builderFrom(gitlab)).toMatchObject({
      id: "https://gitlab.com/acme/shop/-/runners/7",
      source: { uri: "git+https://gitlab.com/acme/shop@main" },
    });
  });

  test.each([{}, { GITHUB_ACTIONS: "false" }, { GITLAB_CI: "true" }])("is nobody by %j", (environment) => {
    expect(builderFrom(environment)).toBeUndefined();
  });
});

test("provenance names the sources, the binaries by digest and the parameters, and no time", () => {
  const digest = `sha256:${"12".repeat(32)}`;
  const lockedApp: LockedApp = {
    spin_lock_version: 0,
    metadata: { name: "shop" },
    triggers: [],
    components: [{ id: "api", source: { content_type: "application/wasm", digest } }],
  };
  const input = { lockedApp, parameters: { profile: "release", manifest: "spin.toml" }, version: "1.2.3" };
  const builder = builderFrom(github)!;
  const provenance = slsaProvenance({ ...input, builder });
  expect(provenance).toEqual({
    buildDefinition: {
      buildType: "urn:pulumi-spin:push:v1",
      externalParameters: { manifest: "spin.toml", profile: "release" },
      resolvedDependencies: [
        { uri: "git+https://github.com/acme/shop@refs/heads/main", digest: { gitCommit: "c0ffee" } },
        { name: "api", digest: { sha256: "12".repeat(32) } },
      ],
    },
    runDetails: {
      builder: { id: builder.id, version: { "pulumi-spin": "1.2.3" } },
      metadata: { invocationId: "https://github.com/acme/shop/actions/runs/42/attempts/2" },
    },
  });
});
