import type { Builder } from "./slsa.ts";

/** Who runs this, as CI systems say it in their environment; `undefined` on a person's machine. */
export function builderFrom(environment: Readonly<Record<string, string | undefined>>): Builder | undefined {
  return githubActions(environment) ?? gitlab(environment);
}

/** The workflow's file at its ref is who builds: the same that Sigstore's certificates name. */
function githubActions(environment: Readonly<Record<string, string | undefined>>): Builder | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_WORKFLOW_REF: workflow,
  } = environment;
  if (environment["GITHUB_ACTIONS"] !== "true" || !server || !repository || !workflow) return undefined;
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = "1", GITHUB_REF: ref } = environment;
  return {
    id: `${server}/${workflow}`,
    ...(run ? { invocation: `${server}/${repository}/actions/runs/${run}/attempts/${attempt}` } : {}),
    ...sourceOf(`${server}/${repository}`, ref, environment["GITHUB_SHA"]),
  };
}

function gitlab(environment: Readonly<Record<string, string | undefined>>): Builder | undefined {
  const { CI_PROJECT_URL: project, CI_RUNNER_ID: runner, CI_JOB_URL: job } = environment;
  if (environment["GITLAB_CI"] !== "true" || !project || !runner) return undefined;
  return {
    id: `${project}/-/runners/${runner}`,
    ...(job ? { invocation: job } : {}),
    ...sourceOf(project, environment["CI_COMMIT_REF_NAME"], environment["CI_COMMIT_SHA"]),
  };
}

function sourceOf(url: string, ref: string | undefined, commit: string | undefined): Pick<Builder, "source"> {
  if (!commit) return {};
  return { source: { uri: `git+${url}${ref ? `@${ref}` : ""}`, gitCommit: commit } };
}
