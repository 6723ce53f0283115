/** The frame of every page of the sandbox. */
export { SANDBOX_THEME, sandboxShell } from "./sandbox-shell.ts";
export type { SandboxPage, SandboxShell } from "./sandbox-shell.ts";
