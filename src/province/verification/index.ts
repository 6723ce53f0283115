export { groupCode, readCode, verificationPath, verificationPaths } from "./paths.ts";
