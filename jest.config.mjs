/**
 * Three projects: `unit` mirrors the tree; `e2e` runs the real Pulumi engine and the real host; `kubernetes` a real API
 * server with the real operator of SpinKube. `npm test` runs all.
 */
const shared = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { swcrc: false, jsc: { parser: { syntax: "typescript" }, target: "es2024" }, module: { type: "es6" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/examples", "<rootDir>/\\.quickstart"],
};

export default {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/", "<rootDir>/test/kubernetes/"],
    },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/test/e2e/**/*.test.ts"] },
    { ...shared, displayName: "kubernetes", testMatch: ["<rootDir>/test/kubernetes/**/*.test.ts"] },
  ],
};
