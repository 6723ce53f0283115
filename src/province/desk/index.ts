/** The frame of a province's desk: brand, navigation, who is signed in. It knows no room. */
export { createDeskShell, deskTheme } from "./desk-shell.ts";
export type { DeskPage, DeskShell, DeskViewer } from "./desk-shell.ts";
