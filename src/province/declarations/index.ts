/**
 * Declarations (tờ khai): the answers of a form as the paper that the law asks for. It promises: the same answers on the
 * same day give the same bytes; what was not answered stands there as an empty line; what is kept never changes.
 *
 * One template serves every form; forms whose layout a circular prescribes have their own (`TEMPLATES`).
 */
export { type DeclarationOf, renderDeclaration } from "./render-declaration.ts";
export { findDeclaration, keepDeclaration, type KeptDeclaration } from "./declaration-store.ts";
