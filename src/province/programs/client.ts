import type { Applicant } from "#province/dossiers/index.ts";

export const SCOPES = ["dossiers:write", "dossiers:read", "files:write"] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose dossiers the program files; who that is at the portal is looked up with every filing. */
export type Owner = Omit<Applicant, "sub">;

export interface ProgramClient {
  readonly id: string;
  readonly name: string;
  readonly owner: Owner;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}
