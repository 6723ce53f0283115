/** The design system: every page of every building is made of it. */
export { assetPath, buildAssets, findAsset, loadAssets } from "./assets.ts";
export { captchaField, type CaptchaFieldProps, trapField } from "./captcha-field.ts";
export { barChart, shareBar } from "./chart.ts";
export { codeScanner } from "./code-scanner.ts";
export * from "./fields.ts";
export { emptyDrawing, icon, mark, type IconName } from "./icon.ts";
export * from "./parts.ts";
export { inVietnamese, isOnlyVietnamese, said } from "./said.ts";
export { headerAction, pageShell, withLang, type Brand, type NavItem, type ShellProps } from "./shell.ts";
export { failureBody } from "./failure-body.ts";
