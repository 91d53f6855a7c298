export { Authorizer } from "./authorizer.ts";
export { type Access, repositoryScope } from "./scope.ts";
