/** What `live-form` asks of the engine that the page names (`data-engine`); see the forms room's `forms-browser.ts`. */
export type FormBody = Record<string, string[]>;

export interface LivePage {
  readonly questions: string;
  readonly summary: string;
  readonly right: boolean;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** The page's block of data; its inside is the engine's own. */
export interface Island {
  readonly answers: Readonly<Record<string, unknown>>;
  /** What is known without asking, the files that have come among it. */
  readonly context?: unknown;
}

/** Heard by the form when a paper has come: `detail` is the page's block of data as the server has it now. */
export const PAPERS_CAME = "papers-came";

export interface FormEngine {
  openIsland(json: string): Island;
  readPage(island: Island, body: FormBody, checked: boolean): LivePage;
  marksOfPage(island: Island, answers: Readonly<Record<string, unknown>>): string;
}

/** The controls of a form by name, files apart: those go with a pressed button only. */
export function bodyOf(form: HTMLFormElement): FormBody {
  const body: FormBody = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body[name] = [...(body[name] ?? []), value];
  }
  return body;
}

export function encode(body: FormBody): URLSearchParams {
  const encoded = new URLSearchParams();
  for (const [name, values] of Object.entries(body)) for (const value of values) encoded.append(name, value);
  return encoded;
}
