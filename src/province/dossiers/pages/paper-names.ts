import type { Lang, Text } from "#kit/i18n.ts";

/** A component (thành phần hồ sơ) with its name, as the procedure's version has it. */
export interface NamedComponent {
  readonly code: string;
  readonly name: Text;
}

export function componentName(components: readonly NamedComponent[], code: string, lang: Lang): string {
  return components.find((component) => component.code === code)?.name[lang] ?? code;
}

export function fileSize(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1_024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1).replace(".", ",")} MB`;
}
